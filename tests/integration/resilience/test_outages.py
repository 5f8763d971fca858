"""The database is away: requests are refused in time, and the service recovers by itself."""

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from tests.support.resilience_service import ResilienceService, User
from tests.support.restartable_postgres import RestartablePostgres
from tests.support.waiting import MEASURING_SECONDS, wait_until

pytestmark = pytest.mark.slow

REFUSAL_SECONDS = 3
# The pool tries to reconnect once a second. If its pauses doubled, it would by now be in one of
# eight seconds, and almost all of them would be left when the database is back.
OUTAGE_SECONDS, RECOVERY_SECONDS = 7.5, 2

log = logging.getLogger(__name__)


@pytest.fixture(scope="module")
def outage_service(
    durable_postgres: RestartablePostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ResilienceService]:
    """Start one service for the whole file: it must survive every outage."""
    log_file = tmp_path_factory.mktemp("outages") / "service.log"
    service = ResilienceService(durable_postgres.url, log_file)
    try:
        service.start()
        yield service
    finally:
        service.kill()


@pytest.fixture
def service(
    outage_service: ResilienceService,
    postgres: RestartablePostgres,  # noqa: ARG001 -- running, before and after the test
) -> ResilienceService:
    """Wait until the service has recovered from the outage of the test before."""
    outage_service.wait_until_ready()
    return outage_service


@pytest.fixture
def expect_refusal(service: ResilienceService, ada: User) -> Callable[[str], None]:
    """Send a request, which must be refused within three seconds."""

    def send(method: str) -> None:
        begin = time.monotonic()
        response = service.request(method, "/api/todos", ada, json={"completed": True})
        seconds = time.monotonic() - begin
        log.info("%.2f seconds until 503", seconds)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "5"
        assert seconds < REFUSAL_SECONDS + MEASURING_SECONDS

    return send


@pytest.fixture
def seconds_until_ready(service: ResilienceService) -> Callable[[], float]:
    """Wait until the service is ready again and return how long that took."""

    def wait() -> float:
        seconds = wait_until(service.is_ready)
        log.info("%.2f seconds until ready", seconds)
        return seconds

    return wait


def test_recovers_from_a_paused_database(
    postgres: RestartablePostgres,
    expect_refusal: Callable[[str], None],
    seconds_until_ready: Callable[[], float],
) -> None:
    """When the database does not answer, requests are refused; when it resumes, they succeed.

    The test is slow: it waits for the service's own timeout.
    """
    postgres.pause()
    expect_refusal("GET")

    postgres.resume()

    assert seconds_until_ready() < RECOVERY_SECONDS + MEASURING_SECONDS


def test_a_write_to_a_paused_database_is_atomic(
    postgres: RestartablePostgres,
    service: ResilienceService,
    ada: User,
    expect_refusal: Callable[[str], None],
    seconds_until_ready: Callable[[], float],
) -> None:
    """A write whose outcome is unknown changed all the todos that it concerns, or none of them.

    The test is slow: it waits for the service's own timeout.
    """
    for title in ("Buy milk", "Buy bread", "Buy salt"):
        service.add(ada, title)
    postgres.pause()
    expect_refusal("PATCH")

    postgres.resume()

    assert seconds_until_ready() < RECOVERY_SECONDS + MEASURING_SECONDS
    assert len({todo["completed"] for todo in service.list(ada)}) == 1


def test_refuses_requests_without_a_database(
    postgres: RestartablePostgres, service: ResilienceService, expect_refusal: Callable[[str], None]
) -> None:
    """While the database refuses connections, requests are refused, and the process is healthy.

    The test is slow: it stops and starts PostgreSQL.
    """
    postgres.stop()

    expect_refusal("PATCH")

    assert service.request("GET", "/healthz").ok


def test_recovers_soon_after_a_long_outage(
    postgres: RestartablePostgres,
    expect_refusal: Callable[[str], None],
    seconds_until_ready: Callable[[], float],
) -> None:
    """After a long outage with requests in it, the service recovers within two seconds.

    The test is slow: the outage lasts until growing pauses between retries would show.
    """
    postgres.stop()
    end = time.monotonic() + OUTAGE_SECONDS
    while time.monotonic() < end:
        expect_refusal("GET")

    postgres.start()

    assert seconds_until_ready() < RECOVERY_SECONDS + MEASURING_SECONDS
