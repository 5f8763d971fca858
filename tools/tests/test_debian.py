"""Debian's package manager; a stub takes the place of apt-get."""

import os
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from tools import debian

LOCKED = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt-get)"
# It fails until the third call.
BUSY = f'echo "$@" >>calls; test "$(wc -l <calls)" -ge 3 || {{ echo "{LOCKED}"; exit 100; }}'
REFUSES = 'test "$5" = update || { echo "E: Unable to locate package $6"; exit 100; }'


@pytest.fixture(autouse=True)
def _root(tmp_path: Path, mocker: MockerFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person need no password; what apt-get prints goes into a folder of the test."""
    mocker.patch.object(os, "geteuid", autospec=True, return_value=0)
    mocker.patch.object(debian, "BUILD", tmp_path)
    mocker.patch.object(debian, "LOG", tmp_path / "apt.log")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)


def stub_apt_get(script: str) -> None:
    """Write a program `apt-get` into the present folder."""
    program = Path("apt-get")
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_waits_for_the_lock_of_another_run(mocker: MockerFixture) -> None:
    """apt-get is told to wait for dpkg's lock, and is called again later, not at once."""
    stub_apt_get(BUSY)
    sleep = mocker.patch("time.sleep", autospec=True)

    installed = debian.install("chromium", "a test needs it")

    assert installed
    assert sleep.call_count == 2
    assert "DPkg::Lock::Timeout=300 update" in Path("calls").read_text()


def test_says_in_the_words_of_apt_get_why_it_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """The line ends with the place of the log."""
    stub_apt_get(REFUSES)

    installed = debian.install("chromium", "a test needs it")

    assert not installed
    assert capsys.readouterr().out.endswith(
        f"apt-get does not install chromium: Unable to locate package chromium (see {debian.LOG})\n"
    )
