"""PostgreSQL's main process: is it ready, and how to end it, be it ours or a killed run's."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

SECONDS_TO_START = 60  # after a crash it repeats what it had not yet written to the tables
SECONDS_TO_STOP = 30


def read_lines(file: Path) -> list[str]:
    """Return the lines of a file; none where there is no file."""
    return file.read_text(errors="replace").splitlines() if file.exists() else []


def becomes_ready(server: psutil.Popen, data: Path) -> bool:
    """Wait until it takes connections and return True; end it and return False otherwise."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        lines = read_lines(data / "postmaster.pid")
        if lines[:1] == [str(server.pid)] and lines[-1].strip() == "ready":
            return True
        time.sleep(0.02)
    end(server)
    return False


def end(process: psutil.Process) -> None:
    """End it: finish no client's work; then recover at the next start; then by force."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(psutil.TimeoutExpired):
            _ask_to_end(process, request)
            return


def end_orphan(data: Path) -> None:
    """End the server of this data that a killed run left behind."""
    pid_file = data / "postmaster.pid"
    # PostgreSQL itself replaces the file of a process that is gone.
    for pid in filter(psutil.pid_exists, map(int, read_lines(pid_file)[:1])):
        if _serves(pid, data):
            end(psutil.Process(pid))
        else:
            # The number is another program's by now, which PostgreSQL would take for its own.
            pid_file.unlink()


def _ask_to_end(process: psutil.Process, request: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(request)
        process.wait(SECONDS_TO_STOP)


def _serves(pid: int, data: Path) -> bool:
    """Tell by name and working folder, which stay right when the project's folder is renamed."""
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.cwd() == str(data.resolve())
    except psutil.Error:
        return False
