"""No process or temporary folder outlives the command that made it, however the command ends.

The tests are slow, since each starts processes; a server among them is real.
"""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support import children
from tests.support.environment import clean_environment
from tests.support.interrupts import hangup_by_default
from tests.support.waiting import wait_until
from tools.common import ROOT
from tools.embedded_postgres import EmbeddedPostgres, free_port

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[bytes]]
ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]
# The child ignores SIGTERM, and has a child of its own.
STUBBORN = "trap '' TERM; sleep 600 & echo begun; wait; wait"
PARENT = """\
from tests.support.children import running, temporary_folder
from tools.command import end_with

def main():
    with temporary_folder("todo-test-") as folder, running(["sleep", "600"]) as child:
        (folder.parent / "pid").write_text(str(child.pid))
        {then}

end_with(main)
"""
HANGING_TEST = """\
import os
import threading

def test_hangs(database_url):
    os.write(2, b"begun")
    threading.Event().wait()
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start commands whose output goes to a file; in the end, kill what is left of them."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, folder: Path = ROOT, **variables: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "output").open("wb") as output:
            command = [sys.executable, *arguments]
            environment = clean_environment(TMPDIR=str(tmp_path), **variables)
            started.append(
                subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
            )
        return started[-1]

    with hangup_by_default():
        yield start

    for command in started:
        command.kill()
        command.wait()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """Copy the project, whose database may be elsewhere: root's cannot be in a private folder."""
    folder = tmp_path / "project"
    for package in ("app", "tests", "tools"):
        shutil.copytree(ROOT / package, folder / package)
    yield folder
    EmbeddedPostgres(folder / ".data/postgres").remove()


def says(tmp_path: Path, text: str) -> Callable[[], bool]:
    """Return a condition for the output of the command that was started last."""
    return lambda: text in (tmp_path / "output").read_text(encoding="utf-8")


def end(command: subprocess.Popen[bytes], ending: signal.Signals) -> list[psutil.Process]:
    """Send a signal, wait for the end of the command, and return all that it had started."""
    family = psutil.Process(command.pid).children(recursive=True)
    command.send_signal(ending)
    command.wait()
    return family


def home(command: subprocess.Popen[bytes]) -> Path:
    """Return the folder of the command's PostgreSQL, which runs in its data."""
    names = {child.name(): child for child in psutil.Process(command.pid).children()}
    return Path(names["postgres"].cwd()).parent


def are_gone(family: list[psutil.Process]) -> bool:
    """Tell whether all processes have ended; nobody may have asked for the exit code yet."""
    return not any(
        process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in family
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signal_leaves_nothing(start: Start, tmp_path: Path, ending: signal.Signals) -> None:
    """Whichever signal ends the command, even one that it cannot notice."""
    command = start("-c", PARENT.format(then="__import__('threading').Event().wait()"))
    wait_until((tmp_path / "pid").exists)

    family = end(command, ending)

    wait_until(lambda: are_gone(family))
    wait_until(lambda: not list(tmp_path.glob("todo-test-*")))
    assert len(family) == 2  # the child and the watcher


@pytest.mark.parametrize(
    "then",
    [
        pytest.param("pass", id="success"),
        pytest.param("raise ValueError", id="an exception"),
        pytest.param("__import__('os').abort()", id="a crash"),
    ],
)
def test_an_ending_of_its_own_leaves_nothing(start: Start, tmp_path: Path, then: str) -> None:
    """The same holds when nobody sent a signal."""
    start("-c", PARENT.format(then=then)).wait()

    pid = int((tmp_path / "pid").read_text())
    wait_until(lambda: not psutil.pid_exists(pid) or are_gone([psutil.Process(pid)]))
    wait_until(lambda: not list(tmp_path.glob("todo-test-*")))


def test_a_closed_terminal_ends_no_command_of_nohup(tmp_path: Path) -> None:
    """A command that was started so that it ignores SIGHUP goes on."""
    source = PARENT.format(then="import signal; signal.raise_signal(signal.SIGHUP)")
    command = ["nohup", sys.executable, "-c", source]

    code = children.run(command, cwd=ROOT, env=clean_environment(TMPDIR=str(tmp_path)))

    assert code == 0


def test_says_which_file_cannot_be_used(start: Start, tmp_path: Path) -> None:
    """A folder that is not writable, or a full disk, is no stack trace."""
    command = start("-c", PARENT.format(then="open('/nonexistent/file')"))

    assert command.wait() == 2
    assert (tmp_path / "output").read_text() == (
        "Cannot use /nonexistent/file: No such file or directory.\n"
    )


def test_kills_what_does_not_end(tmp_path: Path) -> None:
    """A process that ignores SIGTERM is killed together with what it has started."""
    with (tmp_path / "output").open("wb") as output:
        process = children.start(["sh", "-c", STUBBORN], stdout=output)
    wait_until(says(tmp_path, "begun"))
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]

    children.end(process, seconds=0.1)

    wait_until(lambda: are_gone(family))
    assert process.returncode == -signal.SIGKILL


def test_ends_a_process_that_takes_too_long() -> None:
    """Its exit code is None, which no process has."""
    assert children.run(["sleep", "600"], seconds=0.1) is None


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGKILL])
def test_a_run_of_tests_leaves_no_server(
    start: Start, tmp_path: Path, ending: signal.Signals
) -> None:
    """PostgreSQL stops, and its folder is deleted, also if that is in memory."""
    (tmp_path / "test_it.py").write_text(HANGING_TEST)
    plugins = ("-p", "tests.support.postgres", "-p", "no:randomly")
    options = ("--capture=no", f"--rootdir={tmp_path}", f"--confcutdir={tmp_path}", "-c/dev/null")
    engine = {"DOCKER_HOST": "tcp://127.0.0.1:1", "TEST_POSTGRES": ""}
    command = start("-m", "pytest", *plugins, *options, str(tmp_path / "test_it.py"), **engine)
    wait_until(says(tmp_path, "begun"))
    folder = home(command)

    family = end(command, ending)

    wait_until(lambda: are_gone(family))
    wait_until(lambda: not folder.exists())


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGKILL])
def test_make_run_leaves_no_server(
    start: Start, project: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    """The app and the database both stop, and the data stays."""
    command = start("-m", "tools.run", folder=project, PORT=str(free_port()))
    wait_until(says(tmp_path, "Open http"))
    folder = home(command)

    family = end(command, ending)

    wait_until(lambda: are_gone(family))
    assert folder.exists()
