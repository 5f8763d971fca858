"""The programs that the lab starts: each ends in time, and with everything that it started."""

import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import psutil

# A run of tests stops its servers when it is interrupted; they finish what they have begun.
POLITE_SECONDS = 30


class Processes:
    """The programs that run now, in several threads."""

    def __init__(self) -> None:
        """Begin with none."""
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
        """Run a program to its end and return its exit code; None when it took too long."""
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
                    start_new_session=True,  # Ctrl-C is for the lab, which then ends them
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
        """End all, and start no other."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            _end(process)


def _end(process: psutil.Popen) -> None:
    """End it and all that it started: first politely, in the end by force."""
    with suppress(psutil.NoSuchProcess):
        family = [*process.children(recursive=True), process]
        process.send_signal(signal.SIGINT)
        with suppress(psutil.TimeoutExpired):
            process.wait(POLITE_SECONDS)
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
