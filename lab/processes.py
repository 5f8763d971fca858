"""The processes that the lab's threads start: each has a deadline, and all can be ended at once."""

import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from tests.support import children


class Processes:
    """The processes that several threads run at the same time."""

    def __init__(self) -> None:
        self._running: set[children.Process] = set()
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
                process = children.start(
                    command, cwd=folder, env=environment, stdout=output, stderr=output
                )
                self._running.add(process)
            try:
                with suppress(subprocess.TimeoutExpired):
                    return process.wait(seconds)
                return None
            finally:
                self._running.discard(process)
                children.end(process)

    def stop(self) -> None:
        """End all processes, and start no more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            children.end(process)
