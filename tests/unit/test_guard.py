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


def wait_for_others() -> None:
    """Take a port, as a server does."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def send_a_datagram() -> None:
    """Send without a connection."""
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendmsg([b"hello"], [], 0, ("127.0.0.1", 9))


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(connect_by_tcp, id="socket"),
        pytest.param(lambda: socket.getaddrinfo("localhost", 80), id="name look-up"),
        pytest.param(lambda: psycopg.connect("postgresql://127.0.0.1:9"), id="libpq"),
        pytest.param(lambda: psycopg.Connection.connect("host=127.0.0.1"), id="libpq for a pool"),
        pytest.param(lambda: psycopg.AsyncConnection.connect("host=127.0.0.1"), id="libpq, async"),
        pytest.param(lambda: socket.gethostbyname("localhost"), id="old name look-up"),
        pytest.param(wait_for_others, id="server"),
        pytest.param(send_a_datagram, id="datagram"),
        pytest.param(lambda: subprocess.run([sys.executable, "-V"], check=True), id="program"),
        pytest.param(lambda: os.system("true"), id="shell"),  # noqa: S605, S607 -- never runs
    ],
)
def test_refuses_to_leave_the_process(leave: Callable[[], object]) -> None:
    """A unit test that reaches for the outside fails and learns where it belongs."""
    with pytest.raises(LeavesTheProcessError, match="make it an integration test"):
        leave()
