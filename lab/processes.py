"""The processes that the lab starts: each has a deadline, and ends with all that it started."""

import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import psutil

# A test run that is interrupted stops its servers, which finish the requests that they have begun.
STOP_SECONDS = 30


class Processes:
    """The processes that several threads run at the same time."""

    def __init__(self) -> None:
        self._running: set[psutil.Popen] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(
        self,
        command: list[str],
        folder: Path,
        environment: dict[str, str],
        log: Path,
        *,
        seconds: float,
    ) -> int | None:
        """Run a process to its end and return its exit code; None when it took too long."""
        with log.open("w") as output:
            with self._lock:
                if self._stopped:
                    return None
                process = psutil.Popen(
                    command,
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C reaches the lab alone, which then ends them
                )
                self._running.add(process)
            try:
                return process.wait(seconds)
            except psutil.TimeoutExpired:
                _end(process)
                return None
            finally:
                self._running.discard(process)

    def stop(self) -> None:
        """End all processes, and start no more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            _end(process)


def _end(process: psutil.Popen) -> None:
    """Interrupt a process, and after a while kill it and all that it started."""
    with suppress(psutil.NoSuchProcess):
        family = [*process.children(recursive=True), process]
        process.send_signal(signal.SIGINT)
        with suppress(psutil.TimeoutExpired):
            process.wait(STOP_SECONDS)
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
