"""The database is away: answers come in time, and service comes back by itself."""

import logging
import time
from collections.abc import Callable

import pytest

from tests.support.resilience_service import Person, Service
from tests.support.restartable_postgres import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

UNTIL_REFUSED = 3
# The pool tries to connect once a second. With pauses that double each time it would by now be in
# one of four seconds, and more than two of them would be left when the database is back.
ABSENCE_SECONDS, UNTIL_BACK = 3.5, 2

log = logging.getLogger(__name__)


@pytest.fixture
def refused_in_time(service: Service, ada: Person) -> Callable[[str], None]:
    """Return what makes a request, and fails unless it is refused soon."""

    def ask(method: str) -> None:
        begin = time.monotonic()
        response = service.ask(method, "/api/todos", ada, json={"completed": True})
        seconds = time.monotonic() - begin
        log.info("%.2f seconds until 503", seconds)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "5"
        assert seconds < UNTIL_REFUSED

    return ask


@pytest.fixture
def seconds_until_back(service: Service) -> Callable[[], float]:
    """Return what waits until the service is ready, and returns the seconds until then."""

    def wait() -> float:
        seconds = wait_until(service.is_ready, seconds=3 * UNTIL_BACK)
        log.info("%.2f seconds until back", seconds)
        return seconds

    return wait


def test_outlives_a_pause(
    server: Server,
    refused_in_time: Callable[[str], None],
    seconds_until_back: Callable[[], float],
) -> None:
    """A database that says nothing is given up in time, and when it goes on, so does the service.

    The test is slow: it waits for the service to give the database up.
    """
    server.pause()
    refused_in_time("GET")

    server.resume()

    assert seconds_until_back() < UNTIL_BACK


def test_writes_all_or_nothing_when_paused(
    server: Server,
    service: Service,
    ada: Person,
    refused_in_time: Callable[[str], None],
    seconds_until_back: Callable[[], float],
) -> None:
    """What a paused database was asked is refused in time, and done wholly or not at all.

    The test is slow: it waits for the service to give the database up.
    """
    for title in ("Buy milk", "Buy bread", "Buy salt"):
        service.add(ada, title)
    server.pause()
    refused_in_time("PATCH")

    server.resume()

    assert seconds_until_back() < UNTIL_BACK
    assert len({todo["completed"] for todo in service.list(ada)}) == 1


def test_refuses_while_there_is_no_database(
    server: Server, service: Service, refused_in_time: Callable[[str], None]
) -> None:
    """A database that refuses connections is given up in time, and the process says it lives.

    The test is slow: it stops and starts PostgreSQL.
    """
    server.stop()

    refused_in_time("PATCH")

    assert service.ask("GET", "/healthz").ok


def test_is_back_after_a_long_absence(
    server: Server,
    refused_in_time: Callable[[str], None],
    seconds_until_back: Callable[[], float],
) -> None:
    """However long the database was away and people asked, service comes back by itself.

    The test is slow: it lasts until pauses that grow would have grown.
    """
    server.stop()
    return_at = time.monotonic() + ABSENCE_SECONDS
    while time.monotonic() < return_at:
        refused_in_time("GET")

    server.start()

    assert seconds_until_back() < UNTIL_BACK
