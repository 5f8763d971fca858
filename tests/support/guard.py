"""Keeps the unit layer's promise: nothing leaves the process.

Python announces what a program is about to do to its audit hooks (PEP 578): sockets, name
look-ups and new processes among it. What goes out in C without a word is blocked by name.
Threads are allowed: they stay inside.
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

# libpq makes its sockets in C. A pool connects in threads of its own, where a refusal is logged and
# tried again, so there is to be no pool at all.
SILENT = (
    "psycopg.connect",
    "psycopg.Connection.connect",
    "psycopg.AsyncConnection.connect",
    "psycopg_pool.ConnectionPool.__init__",
    "psycopg_pool.AsyncConnectionPool.__init__",
    "_posixsubprocess.fork_exec",  # multiprocessing
)


class ConnectionForbiddenError(RuntimeError):
    """A unit test tried to reach something outside of its process."""

    def __init__(self, what: str) -> None:
        """Say what was tried, and where such a test belongs."""
        super().__init__(
            f"a unit test may not leave its process ({what}): replace that by a test double, "
            "or make it an integration test"
        )


class _Guard:
    """An audit hook cannot be taken away again, so it is switched on and off."""

    on = False

    def __call__(self, event: str, _arguments: tuple[object, ...]) -> None:
        if self.on and event in LEAVING:
            raise ConnectionForbiddenError(event)


_guard = _Guard()
sys.addaudithook(_guard)


@contextmanager
def guarded() -> Iterator[None]:
    """Refuse every way out as long as the block runs."""
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
