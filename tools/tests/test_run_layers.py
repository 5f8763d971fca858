"""`make test` runs every layer; a stub takes the place of make."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.waiting import HANG_SECONDS, wait_until
from tools.common import ROOT

COMMAND = [sys.executable, "-m", "tools.run_layers"]
FAILING = 'echo "output of $2"; test "$2" != test-integration'
HANGING = 'test "$2" = test-unit && exit; echo $$ > "$(dirname "$0")/$2"; exec sleep 600'


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Its PATH begins with the folder in which `stub_make` writes."""
    return {"PATH": f"{tmp_path}:{os.environ['PATH']}"}


def stub_make(folder: Path, script: str) -> None:
    """Write a program `make` that gets the name of a layer's target as its second argument."""
    program = folder / "make"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_names_the_layers_that_failed(tmp_path: Path, environment: dict[str, str]) -> None:
    """The other layers run all the same, and the output of each is printed."""
    stub_make(tmp_path, FAILING)

    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "output of test-e2e" in done.stdout
    assert done.stdout.endswith("Failed layers: integration\n")


def test_an_interrupt_stops_the_layers(tmp_path: Path, environment: dict[str, str]) -> None:
    """Ctrl-C leaves no process running."""
    stub_make(tmp_path, HANGING)
    command = subprocess.Popen(COMMAND, cwd=ROOT, env=environment)
    files = [tmp_path / f"test-{layer}" for layer in ("integration", "e2e")]
    wait_until(lambda: all(file.exists() and file.read_text() for file in files))

    command.send_signal(signal.SIGINT)

    assert command.wait(HANG_SECONDS) == 130
    assert not any(psutil.pid_exists(int(file.read_text())) for file in files)
