"""What a person can add to a make command, and the oldest Python."""

import runpy
import subprocess
import sys

import pytest
from pytest_mock import MockerFixture

from tests.support.environment import clean_environment
from tools.common import ROOT


def make(*arguments: str, **variables: str) -> str:
    """Return what a make command prints."""
    return subprocess.check_output(
        ["make", *arguments], cwd=ROOT, env=clean_environment(**variables), text=True
    )


def test_a_path_in_args_is_all_that_runs() -> None:
    """A path takes the place of the layer's folder and is not added to it."""
    output = make("test-unit", "ARGS=tests/unit/domain/test_live.py --collect-only -q")

    files = {line.partition("::")[0] for line in output.splitlines() if "::" in line}
    assert files == {"tests/unit/domain/test_live.py"}


def test_an_option_in_args_is_for_the_whole_layer() -> None:
    """Without a path, all files of the layer take part, and no other layer's."""
    output = make("test-unit", "ARGS=-k overdue --collect-only -q")

    layers = {line.split("/")[1] for line in output.splitlines() if "::" in line}
    assert layers == {"unit"}


@pytest.mark.parametrize(
    ("value", "shown"), [("1", True), ("0", False), ("no", False), ("", False)]
)
def test_headed_can_be_switched_off(value: str, shown: bool) -> None:
    """HEADED=0 means what it says, on the command line and in the environment."""
    commands = make("--dry-run", "test-e2e", HEADED=value)

    assert ("--headed" in commands) == shown


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 1)])
def test_an_old_python_gets_a_clear_line(version: tuple[int, ...], mocker: MockerFixture) -> None:
    """`make PYTHON=python2.7` says which Python it is, and how to name another."""
    mocker.patch.object(sys, "version_info", version)

    with pytest.raises(SystemExit, match=r"Python 3\.11 or later is required; .*make PYTHON="):
        runpy.run_module("tools.start")
