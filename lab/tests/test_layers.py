"""What is kept of a run of a layer."""

import json
import tempfile
from pathlib import Path

from pytest_mock import MockerFixture

from lab import layers
from lab.processes import Processes
from tools.common import ROOT


def test_keeps_no_place_of_this_machine(tmp_path: Path, mocker: MockerFixture) -> None:
    """Where the copy, the project and temporary files are is left out of what a test said."""
    said = f"{tmp_path}/tests/a.py {ROOT}/.venv/b.py {tempfile.gettempdir()}/c.log"
    note = {"test": "a.py::test", "outcome": "failed", "where": f"{tmp_path}/a.py:1"}
    (tmp_path / ".build").mkdir()

    def write_down(*_arguments: object, **_options: object) -> int:
        (tmp_path / layers.WITNESS).write_text(json.dumps(note | {"message": said}))
        (tmp_path / layers.LOG).touch()
        return 1

    processes = mocker.create_autospec(Processes, instance=True)
    processes.run.side_effect = write_down

    outcome = layers.run(layers.Order([], seconds=1), tmp_path, "", processes)

    expected = layers.Failure("a.py::test", "a.py:1", "tests/a.py .venv/b.py c.log")
    assert outcome.failures == [expected]
