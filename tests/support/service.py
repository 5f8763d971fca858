"""The service as its operator starts it: `python -m app`, a process of its own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import requests

from tests.support.paths import ROOT
from tools.embedded_postgres import free_port

COMMAND = [sys.executable, "-m", "app"]
# No setting of the developer's own gets through. The others are there when the run is measured
# (coverage's `patch = ["subprocess"]`), and let the service be measured too.
INHERITED = ("PATH", "COVERAGE_PROCESS_CONFIG", "PYTHONPATH")
START_SECONDS = 30
# Longer than the 10 s in which the service finishes what it has begun.
STOP_SECONDS = 15
# Longer than anything that a test allows.
ANSWER_SECONDS = 15
PAUSE_SECONDS = 0.02
TAIL_LINES = 20


class NotReadyError(Exception):
    """The service did not start; the message shows the end of its log."""


def environment(**settings: str) -> dict[str, str]:
    """Return all that the service is told: these settings, and what any process needs."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | settings


class Service:
    """One service on a port of its own; started again, it is the same one to its clients."""

    def __init__(self, log: Path, **settings: str) -> None:
        """Prepare to run it with these settings; what it logs is added to `log`."""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = environment(PORT=str(self.port), **settings)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process that was started last."""
        assert self._process
        return self._process

    def start(self) -> None:
        """Run it, until it is ready; raises NotReadyError."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Run it, and wait for nothing."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- our own program
                COMMAND,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for pytest, which then stops the service
            )

    def wait_until_ready(self) -> None:
        """Wait until it answers; raises NotReadyError when it takes too long, or has ended."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._ends_within_a_pause() or time.monotonic() > deadline:
                raise NotReadyError(f"{self._log} ends:\n{self._tail()}")

    def is_ready(self) -> bool:
        """Say whether the service and its database answer."""
        with suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"{self.address}/readyz", timeout=ANSWER_SECONDS).ok
        return False

    def terminate(self) -> None:
        """Ask it to finish what it has begun, and to end."""
        self.process.terminate()

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait until it has ended and return its exit code; raises subprocess.TimeoutExpired."""
        return self.process.wait(seconds)

    def stop(self) -> None:
        """End it, if it runs: first politely, in the end by force."""
        if self._process:
            self.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.wait()
            self.kill()

    def kill(self) -> None:
        """End all its processes, if any runs, as a loss of power would."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _ends_within_a_pause(self) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self.wait(PAUSE_SECONDS)
            return True
        return False

    def _tail(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])
