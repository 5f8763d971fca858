"""The outcome of a run of a layer."""

import json
import tempfile
from pathlib import Path

from pytest_mock import MockerFixture

from lab import layers
from lab.processes import Processes
from lab.recorder import RECORD
from tools.common import ROOT


def test_removes_absolute_paths_from_messages(tmp_path: Path, mocker: MockerFixture) -> None:
    """The paths of the copy, the project and temporary files differ in each run."""
    message = f"{tmp_path}/tests/a.py {ROOT}/.venv/b.py {tempfile.gettempdir()}/c.log"
    entry = {"test": "a.py::test", "outcome": "failed", "where": f"{tmp_path}/a.py:1"}
    (tmp_path / ".build").mkdir()

    def write_record(*_arguments: object, **_options: object) -> int:
        (tmp_path / RECORD).write_text(json.dumps(entry | {"message": message}))
        (tmp_path / layers.LOG).touch()
        return 1

    processes = mocker.create_autospec(Processes, instance=True)
    processes.run.side_effect = write_record

    outcome = layers.run(layers.RunSpec([], seconds=1), tmp_path, "", processes)

    expected = layers.Failure("a.py::test", "a.py:1", "tests/a.py .venv/b.py c.log")
    assert outcome.failures == [expected]


def test_passes_on_how_long_a_test_may_take(tmp_path: Path, mocker: MockerFixture) -> None:
    """It replaces the timeout in pyproject.toml, which is too short for a slow machine."""
    (tmp_path / ".build").mkdir()
    (tmp_path / layers.LOG).touch()
    processes = mocker.create_autospec(Processes, instance=True)

    layers.run(layers.RunSpec([], 900.0, test_seconds=720.0), tmp_path, "", processes)

    assert "--timeout=720" in processes.run.call_args.args[0]
