"""The guard of the unit layer: every way out of the process is blocked."""

import multiprocessing
import os
import pty
import socket
import subprocess
from collections.abc import Callable

import psycopg
import psycopg_pool
import pytest

from tests.support.guard import LEAVING, SILENT, ConnectionForbiddenError

SERVER = "postgresql://127.0.0.1:9"
# Without the guard, each attempt fails with another error, and none starts a real program.
NOWHERE = "/there/is/no/such/program"


def connect_by_tcp() -> None:
    """Connect with a socket that Python opens."""
    with socket.socket() as client:
        client.connect(("127.0.0.1", 9))


def bind_a_port() -> None:
    """Bind a port, as a server does."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def send_a_datagram() -> None:
    """Send a UDP packet without a connection."""
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(b"hello", ("127.0.0.1", 9))


def send_a_datagram_in_parts() -> None:
    """Send a UDP packet that is gathered from several buffers."""
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendmsg([b"hello"], [], 0, ("127.0.0.1", 9))


WAYS_OUT: dict[str, Callable[[], object]] = {
    "os.exec": lambda: os.execv(NOWHERE, [NOWHERE]),  # noqa: S606 -- never runs
    "os.fork": os.fork,
    "os.forkpty": pty.fork,
    "os.posix_spawn": lambda: os.posix_spawn(NOWHERE, [NOWHERE], {}),
    "os.system": lambda: os.system("true"),  # noqa: S605, S607 -- never runs
    "socket.bind": bind_a_port,
    "socket.connect": connect_by_tcp,
    "socket.getaddrinfo": lambda: socket.getaddrinfo("localhost", 80),
    "socket.gethostbyaddr": lambda: socket.gethostbyaddr("127.0.0.1"),
    "socket.gethostbyname": lambda: socket.gethostbyname("localhost"),
    "socket.sendmsg": send_a_datagram_in_parts,
    "socket.sendto": send_a_datagram,
    "subprocess.Popen": lambda: subprocess.run([NOWHERE], check=True),  # noqa: S603 -- our own
    "psycopg.connect": lambda: psycopg.connect(SERVER),
    "psycopg.Connection.connect": lambda: psycopg.Connection.connect(SERVER),
    "psycopg.AsyncConnection.connect": lambda: psycopg.AsyncConnection.connect(SERVER),
    "psycopg_pool.ConnectionPool.__init__": lambda: psycopg_pool.ConnectionPool(SERVER, open=True),
    "psycopg_pool.AsyncConnectionPool.__init__": lambda: psycopg_pool.AsyncConnectionPool(SERVER),
    "_posixsubprocess.fork_exec": lambda: multiprocessing.get_context("spawn").Process().start(),
}


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_refuses_to_leave_the_process(way_out: str) -> None:
    """The error names what was attempted, and the layer to which such a test belongs."""
    with pytest.raises(ConnectionForbiddenError, match=rf"\({way_out}\).* integration test"):
        WAYS_OUT[way_out]()


def test_every_way_out_is_tried() -> None:
    """Whoever adds a way out to the guard has to add an attempt to this file."""
    assert WAYS_OUT.keys() == LEAVING.union(SILENT)
