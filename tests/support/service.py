"""The service as its operator starts it: `python -m app`, a process of its own."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import requests

from tests.support import children
from tests.support.environment import clean_environment
from tests.support.paths import ROOT
from tests.support.waiting import HANG_SECONDS, POLL_SECONDS
from tools.embedded_postgres import free_port

COMMAND = [sys.executable, "-m", "app"]
TAIL_LINES = 20


class NotReadyError(Exception):
    """The service did not start; the message shows the end of its log."""


class ServiceProcess:
    """The service on a port that stays the same when it is restarted; `log` is appended to."""

    def __init__(self, log: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = clean_environment(PORT=str(self.port), **settings)
        self._log = log
        self._process: children.Process | None = None

    @property
    def process(self) -> children.Process:
        """The process that was started last."""
        assert self._process
        return self._process

    def start(self) -> None:
        """Start the process and wait until it is ready; raises NotReadyError."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start the process without waiting for it."""
        with self._log.open("ab") as log:
            self._process = children.start(
                COMMAND, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def wait_until_ready(self) -> None:
        """Wait until it answers; raises NotReadyError when it has ended or the time is up."""
        deadline = time.monotonic() + HANG_SECONDS
        while not self.is_ready():
            if self._ends_within_a_pause() or time.monotonic() > deadline:
                raise NotReadyError(f"{self._log} ends:\n{self._tail()}")

    def is_ready(self) -> bool:
        """Tell whether the service and its database answer."""
        with suppress(requests.RequestException):
            return requests.get(f"{self.address}/readyz", timeout=HANG_SECONDS).ok
        return False

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.process.terminate()

    def wait(self, seconds: float = HANG_SECONDS) -> int:
        """Wait for the end and return the exit code; raises subprocess.TimeoutExpired."""
        return self.process.wait(seconds)

    def stop(self) -> None:
        """End the process if it runs: by SIGTERM, or by SIGKILL if that is not enough."""
        if self._process:
            children.end(self._process)

    def kill(self) -> None:
        """Send SIGKILL to the service and all its workers, if it runs."""
        if self._process:
            children.kill(self._process)

    def _ends_within_a_pause(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self.wait(POLL_SECONDS)
            return True
        return False

    def _tail(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])
