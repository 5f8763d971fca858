"""The service as its operator starts it: `python -m app`, a process of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests

from tools.postmaster import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
# Longer than the 10 s in which the service finishes what it has begun.
STOP_SECONDS = 15
TAIL_LINES = 20
# Every test signs up from the same address.
NO_LIMIT = "1000000"
# So that a change and the page that shall hear of it are often in different ones.
PROCESSES = "2"


class Service:
    """One service on a port of its own; started again, it is the same one to its pages."""

    def __init__(self, database_url: str, breach_api_url: str, log: Path) -> None:
        """Prepare to run it; what it logs is added to `log`."""
        self._port = free_port()
        self._environment = _environment(database_url, breach_api_url, self._port)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens, or will."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Run it, until it is ready.

        Ends the test run, showing the end of the log, when that does not happen.
        """
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app"],
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for pytest, which then stops the service
            )
        if not _becomes_ready(self._process, self.address):
            end = _tail(self._log)
            pytest.exit(f"The service does not start. {self._log} ends:\n{end}", returncode=1)

    def kill(self) -> None:
        """End all its processes as a loss of power would."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let it finish what it has begun, and end it."""
        if self._process:
            _stop(self._process)


@contextmanager
def serve(database_url: str, breach_api_url: str, log: Path) -> Iterator[Service]:
    """Run a service within the block."""
    service = Service(database_url, breach_api_url, log)
    try:
        service.start()
        yield service
    finally:
        service.stop()


def _environment(database_url: str, breach_api_url: str, port: int) -> dict[str, str]:
    """Return all that the service is told: no setting of the developer's own gets through."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": database_url,
        "BREACH_API_URL": breach_api_url,
        "SECRET_KEY": secrets.token_hex(),
        "PORT": str(port),
        "PROCESSES": PROCESSES,
        "LOG_LEVEL": "INFO",
        "SIGN_UPS_PER_ADDRESS": NO_LIMIT,
        "SIGN_IN_FAILURES_PER_ADDRESS": NO_LIMIT,
    }


def _becomes_ready(process: subprocess.Popen[bytes], address: str) -> bool:
    """Ask until the service answers; False when it ends, or START_SECONDS are over."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(requests.RequestException):
            if requests.get(f"{address}/readyz", timeout=START_SECONDS).ok:
                return True
        # The pause between two questions is cut short when there is nobody left to ask.
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            return False
    return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
