"""Keeps the unit layer's promise: nothing leaves the process.

Python announces what a program is about to do to its audit hooks (PEP 578), sockets, name
look-ups and subprocesses among it. libpq makes its sockets in C and announces nothing, so
psycopg's ways in are blocked by name.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

LEAVING = {
    "os.exec",
    "os.fork",
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

LIBPQ = ("psycopg.connect", "psycopg.Connection.connect", "psycopg.AsyncConnection.connect")


class LeavesTheProcessError(RuntimeError):
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
            raise LeavesTheProcessError(event)


_guard = _Guard()
sys.addaudithook(_guard)


@contextmanager
def guarded() -> Iterator[None]:
    """Refuse every way out as long as the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        for way_in in LIBPQ:
            patch.setattr(way_in, _refuse_libpq)
        _guard.on = True
        try:
            yield
        finally:
            _guard.on = False


def _refuse_libpq(*_arguments: object, **_options: object) -> None:
    raise LeavesTheProcessError("psycopg.connect")
