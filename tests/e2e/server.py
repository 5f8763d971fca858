"""The service as its operator starts it: `python -m app`, a process of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
# Longer than the 10 s in which the service finishes what it has begun.
STOP_SECONDS = 15
TAIL_LINES = 20
# Every test signs up from the same address.
NO_LIMIT = "1000000"


@contextmanager
def serve(database_url: str, breach_api_url: str, log: Path) -> Iterator[str]:
    """Run the service within the block and give its address; what it logs goes to `log`.

    Ends the test run, showing the end of the log, when the service does not start.
    """
    port = _free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT,
            env=_environment(database_url, breach_api_url, port),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops the service
        )
    address = f"http://127.0.0.1:{port}"
    try:
        if not _becomes_ready(process, address):
            pytest.exit(f"The service does not start. {log} ends:\n{_tail(log)}", returncode=1)
        yield address
    finally:
        _stop(process)


def _environment(database_url: str, breach_api_url: str, port: int) -> dict[str, str]:
    """Return all that the service is told: no setting of the developer's own gets through."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": database_url,
        "BREACH_API_URL": breach_api_url,
        "SECRET_KEY": secrets.token_hex(),
        "PORT": str(port),
        "LOG_LEVEL": "INFO",
        "SIGN_UPS_PER_ADDRESS": NO_LIMIT,
        "SIGN_IN_FAILURES_PER_ADDRESS": NO_LIMIT,
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


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
