"""`python -m app`: what a process takes from the system, and gives back."""

import resource
import socket

import pytest
from pytest_mock import MockerFixture

from app import __main__ as main
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from tests.support.factories import make_settings


@pytest.mark.parametrize(
    ("soft", "hard", "expected"),
    [(1024, 524_288, 8192), (256, 4096, 4096), (20_000, 20_000, 20_000)],
    ids=["as usual", "less allowed", "enough already"],
)
def test_may_open_as_many_files_as_pages_need(
    soft: int, hard: int, expected: int, mocker: MockerFixture
) -> None:
    """The usual default, 1,024 files, is less than the largest THREADS needs."""
    mocker.patch.object(resource, "getrlimit", autospec=True, return_value=(soft, hard))
    set_limit = mocker.patch.object(resource, "setrlimit", autospec=True)

    main.allow_open_files()

    set_limit.assert_called_once_with(resource.RLIMIT_NOFILE, (expected, hard))


def test_closes_its_connections_when_a_worker_ends(mocker: MockerFixture) -> None:
    """Otherwise the pool's threads hold the process up for five seconds, and say so in the log."""
    mocker.patch.object(Database, "__init__", autospec=True, return_value=None)
    close = mocker.patch.object(Database, "close", autospec=True)
    mocker.patch.object(LiveUpdates, "start", autospec=True)
    mocker.patch("signal.signal", autospec=True)
    listener, other = socket.socketpair()
    with other, socket.socket(fileno=listener.fileno()):
        server = main.Server(make_settings(), listener)
        server.load()

        server.cfg.worker_exit(None, None)

    close.assert_called_once()
