"""Which tests the recorder lets pytest run, and in which order."""

from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from lab.recorder import Recorder

ADDS, ROUNDS, GREETS = "test_a.py::test_adds", "test_a.py::test_rounds", "test_b.py::test_greets"


@pytest.mark.parametrize(
    ("skipped", "first", "expected"),
    [
        pytest.param([], [], [ADDS, ROUNDS, GREETS], id="as collected"),
        pytest.param([ROUNDS], [], [ADDS, GREETS], id="one skipped"),
        pytest.param([], [GREETS], [GREETS, ADDS, ROUNDS], id="one first"),
        pytest.param(
            ["test_a.py::test_gone"], ["test_a.py::test_old"], [ADDS, ROUNDS, GREETS], id="unknown"
        ),
    ],
)
def test_chooses_the_tests(
    skipped: list[str], first: list[str], expected: list[str], mocker: MockerFixture
) -> None:
    """An unknown name is ignored, so a record stays usable after a test was renamed."""
    items: list[pytest.Item] = [
        mocker.create_autospec(pytest.Item, instance=True, nodeid=nodeid)
        for nodeid in (ADDS, ROUNDS, GREETS)
    ]
    config = mocker.create_autospec(pytest.Config, instance=True, hook=mocker.Mock())

    recorder = Recorder(Path("unused"), skipped=skipped, first=first, stops=False)
    recorder.pytest_collection_modifyitems(config, items)

    assert [item.nodeid for item in items] == expected
