"""The guard of the unit layer: each way out of the process is closed."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from tests.unit.guard import LeavesTheProcessError


def connect_by_tcp() -> None:
    """Open a connection that Python makes."""
    with socket.socket() as client:
        client.connect(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(connect_by_tcp, id="socket"),
        pytest.param(lambda: socket.getaddrinfo("localhost", 80), id="name look-up"),
        pytest.param(lambda: psycopg.connect("postgresql://127.0.0.1:9"), id="libpq"),
        pytest.param(lambda: psycopg.Connection.connect("host=127.0.0.1"), id="libpq for a pool"),
        pytest.param(lambda: subprocess.run([sys.executable, "-V"], check=True), id="program"),
        pytest.param(lambda: os.system("true"), id="shell"),  # noqa: S605, S607 -- never runs
    ],
)
def test_refuses_to_leave_the_process(leave: Callable[[], object]) -> None:
    """A unit test that reaches for the outside fails and learns where it belongs."""
    with pytest.raises(LeavesTheProcessError, match="make it an integration test"):
        leave()
