"""The processes that a command starts: none outlives it, however the command ends.

Each leads a group of its own, so that Ctrl-C reaches the command alone, which then ends the group.
If the command is killed, another program does that: `watcher.py`.
"""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from tests.support import watcher

Process = subprocess.Popen[Any]
WATCHER = (sys.executable, "-I", "-S", watcher.__file__)
_lock = Lock()
_watchers: list[subprocess.Popen[bytes]] = []


def run(
    command: Sequence[str | Path],
    *,
    seconds: float | None = None,
    **options: Any,  # noqa: ANN401 -- of subprocess
) -> int | None:
    """Run a process to its end and return its exit code, or None if it took too long."""
    with running(command, **options) as process, suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    return None


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[Process]:  # noqa: ANN401
    """Run a process, as `subprocess` does with these options, and end it with the block."""
    process = start(command, **options)
    try:
        yield process
    finally:
        end(process)


def start(command: Sequence[str | Path], **options: Any) -> Process:  # noqa: ANN401
    """Start a process, which `end` must be called for; it has no input by default."""
    options = {"stdin": subprocess.DEVNULL} | options
    process = subprocess.Popen(command, start_new_session=True, **options)  # noqa: S603
    watch(f"{signal.SIGTERM} {-process.pid}")
    return process


def end(process: Process, seconds: float = watcher.STOP_SECONDS) -> None:
    """End a process by SIGTERM; then kill it, if it still runs, and what it has left behind."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill(process)


def kill(process: Process) -> None:
    """Kill a process and all that it started in its group."""
    _signal(process, signal.SIGKILL)
    process.wait()
    forget(f"{signal.SIGTERM} {-process.pid}")


@contextmanager
def temporary_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """Create a folder that is deleted after the block, or when the command is killed."""
    with tempfile.TemporaryDirectory(prefix=prefix, dir=parent) as folder:
        watch(f"folder {folder}")
        try:
            yield Path(folder)
        finally:
            forget(f"folder {folder}")


def watch(entry: str) -> None:
    """Add an entry to what the watcher ends; see there for its format."""
    _tell(f"+{entry}\n")


def forget(entry: str) -> None:
    """Remove an entry, if it is there."""
    _tell(f"-{entry}\n")


def _tell(line: str) -> None:
    with _lock:
        if not _watchers:
            _watchers.append(_start_watcher())
        pipe = _watchers[0].stdin
        if pipe:
            with suppress(BrokenPipeError):  # somebody killed the watcher
                pipe.write(os.fsencode(line))
                pipe.flush()


def _start_watcher() -> subprocess.Popen[bytes]:
    """Start the watcher, whose input ends when this process does."""
    started = subprocess.Popen(  # noqa: S603 -- our own program
        WATCHER,
        cwd="/",
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(started.communicate)
    return started


def _signal(process: Process, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
