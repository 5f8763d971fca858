"""Keeps the unit layer's promise: nothing leaves the process.

Python reports sockets, name resolution and new processes to audit hooks (PEP 578) before they
happen. Functions that leave the process in C, and report nothing, are blocked by name. Threads are
allowed, because they stay inside the process.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

LEAVING = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
    "subprocess.Popen",
}

# libpq opens its sockets in C. A pool connects in threads of its own, where an error is logged and
# the connection retried, so not even the pool may be created.
SILENT = (
    "psycopg.connect",
    "psycopg.Connection.connect",
    "psycopg.AsyncConnection.connect",
    "psycopg_pool.ConnectionPool.__init__",
    "psycopg_pool.AsyncConnectionPool.__init__",
    "_posixsubprocess.fork_exec",  # multiprocessing
)


class ConnectionForbiddenError(RuntimeError):
    """A unit test tried to leave its process."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"a unit test must not leave its process ({what}): use a test double, "
            "or make it an integration test"
        )


class _Guard:
    """An audit hook cannot be removed, so it is switched on and off."""

    on = False

    def __call__(self, event: str, _arguments: tuple[object, ...]) -> None:
        if self.on and event in LEAVING:
            raise ConnectionForbiddenError(event)


_guard = _Guard()
sys.addaudithook(_guard)


@contextmanager
def guarded() -> Iterator[None]:
    """Block every way out of the process while the context lasts."""
    with pytest.MonkeyPatch.context() as patch:
        for way_out in SILENT:
            patch.setattr(way_out, _refusal(way_out))
        _guard.on = True
        try:
            yield
        finally:
            _guard.on = False


def _refusal(way_out: str) -> Callable[..., None]:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise ConnectionForbiddenError(way_out)

    return refuse
