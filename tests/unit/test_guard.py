"""The guard of the unit layer: each way out of the process is closed."""

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
# Without the guard each of these fails in another way, and none ends the tests with success.
NOWHERE = "/there/is/no/such/program"


def connect_by_tcp() -> None:
    """Open a connection that Python makes."""
    with socket.socket() as api_client:
        api_client.connect(("127.0.0.1", 9))


def wait_for_others() -> None:
    """Take a port, as a server does."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def send_a_datagram() -> None:
    """Send without a connection."""
    with socket.socket(type=socket.SOCK_DGRAM) as api_client:
        api_client.sendto(b"hello", ("127.0.0.1", 9))


def send_a_datagram_in_parts() -> None:
    """Send without a connection, from several buffers."""
    with socket.socket(type=socket.SOCK_DGRAM) as api_client:
        api_client.sendmsg([b"hello"], [], 0, ("127.0.0.1", 9))


WAYS_OUT: dict[str, Callable[[], object]] = {
    "os.exec": lambda: os.execv(NOWHERE, [NOWHERE]),  # noqa: S606 -- never runs
    "os.fork": os.fork,
    "os.forkpty": pty.fork,
    "os.posix_spawn": lambda: os.posix_spawn(NOWHERE, [NOWHERE], {}),
    "os.system": lambda: os.system("true"),  # noqa: S605, S607 -- never runs
    "socket.bind": wait_for_others,
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
    """A unit test that reaches for the outside fails and learns where it belongs."""
    with pytest.raises(ConnectionForbiddenError, match=rf"\({way_out}\).* integration test"):
        WAYS_OUT[way_out]()


def test_every_way_out_is_tried() -> None:
    """What the guard means to stop, it is seen to stop."""
    assert WAYS_OUT.keys() == LEAVING.union(SILENT)
