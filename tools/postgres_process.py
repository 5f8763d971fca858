"""PostgreSQL's main process: waiting until it is ready, and ending it."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

SECONDS_TO_START = 60  # after a crash it replays its write-ahead log
SECONDS_TO_STOP = 30


def read_lines(file: Path) -> list[str]:
    """Return the lines of a file, or none if the file does not exist."""
    return file.read_text(errors="replace").splitlines() if file.exists() else []


def becomes_ready(server: psutil.Popen, data: Path) -> bool:
    """Return whether it accepts connections in time; end it if not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        lines = read_lines(data / "postmaster.pid")
        if lines[:1] == [str(server.pid)] and lines[-1].strip() == "ready":
            return True
        time.sleep(0.02)
    end(server)
    return False


def end(process: psutil.Process) -> None:
    """End it: by a fast shutdown, then an immediate one (crash recovery follows), then SIGKILL."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        ended, _ = psutil.wait_procs([process], SECONDS_TO_STOP)
        if ended:
            return


def end_orphan(data: Path) -> None:
    """End the server that a killed run left behind on this data."""
    pid_file = data / "postmaster.pid"
    # PostgreSQL replaces the file of a process that no longer exists by itself.
    for pid in filter(psutil.pid_exists, map(int, read_lines(pid_file)[:1])):
        if _serves(pid, data):
            end(psutil.Process(pid))
        else:
            # Another program has this process id now, and PostgreSQL would mistake it for itself.
            pid_file.unlink()


def _serves(pid: int, data: Path) -> bool:
    """Compare name and working folder, which stay right if the project's folder is renamed."""
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.cwd() == str(data.resolve())
    except psutil.Error:
        return False
