"""The set-up; no test installs anything."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from pytest_mock import MockerFixture

from tools import package_index, setup

PIP_WITHOUT_NETWORK = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(<…>: Failed to
establish a new connection: [Errno -2] Name or service not known')': /uv/
ERROR: No matching distribution found for uv==0.13.9
"""
PIP_WITHOUT_UV = """\
Looking in indexes: http://mirror.example
ERROR: No matching distribution found for uv==0.13.9
"""
UV_REFUSED = """\
Using Python 3.11.7
error: No solution found when resolving dependencies
  cause: Because flask was not found.
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, mocker: MockerFixture) -> None:
    """Let .venv and the log be in a folder of the test's own."""
    mocker.patch.object(setup, "BUILD", tmp_path)
    mocker.patch.object(setup, "VENV", tmp_path)
    mocker.patch.object(setup, "MARK", tmp_path / "installed")
    mocker.patch.object(setup, "LOG", tmp_path / "setup.log")
    mocker.patch.object(sys, "argv", ["start", "run"])
    mocker.patch.object(package_index, "environment", autospec=True, return_value={})


@pytest.fixture
def run(mocker: MockerFixture) -> Mock:
    """Let every program succeed that the set-up starts."""
    done = subprocess.CompletedProcess[bytes]("", 0)
    return mocker.patch.object(subprocess, "run", autospec=True, return_value=done)


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (PIP_WITHOUT_NETWORK, "No matching distribution found for uv==0.13.9. Is there a network?"),
        (PIP_WITHOUT_UV, "No matching distribution found for uv==0.13.9."),
        (UV_REFUSED, "No solution found when resolving dependencies; Because flask was not found."),
    ],
    ids=["no network", "pip", "uv"],
)
def test_says_what_pip_or_uv_refuses(output: str, message: str, mocker: MockerFixture) -> None:
    """The line has their own words, and a question about the network only if there is none."""

    def fail(*_: object, stdout: object, **__: object) -> object:
        stdout.write(output.encode())  # type: ignore[attr-defined]
        return subprocess.CompletedProcess("", 1)

    mocker.patch.object(subprocess, "run", autospec=True, side_effect=fail)

    with pytest.raises(SystemExit) as end:
        setup.main()

    details = f" Details: {setup.LOG}"
    assert end.value.code == f"The set-up of .venv failed: {message}{details}"


def test_installs_once(run: Mock) -> None:
    """A second call starts no program."""
    setup.main()
    run.reset_mock()

    setup.main()

    assert run.call_count == 0


def test_a_renamed_folder_is_set_up_again(run: Mock, tmp_path: Path, mocker: MockerFixture) -> None:
    """The programs in .venv/bin name the folder in which they were installed."""
    setup.main()
    run.reset_mock()
    mocker.patch.object(setup, "VENV", tmp_path / "renamed")

    setup.main()

    assert run.call_args_list[0].args[0][1:4] == ["-m", "venv", "--clear"]
