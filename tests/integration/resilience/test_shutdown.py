"""SIGTERM: requests in progress are answered, pages are closed, and the process exits."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.locks import wait_for_blocked_sessions
from tests.support.resilience_service import ResilienceService, User
from tests.support.restartable_postgres import RestartablePostgres
from tests.support.waiting import HANG_SECONDS, MEASURING_SECONDS, wait_until

pytestmark = pytest.mark.slow

CLOSE_SECONDS = 1
# gunicorn waits for ten seconds before it kills what is still open.
EXIT_SECONDS = 8


@pytest.fixture
def open_transaction(postgres: RestartablePostgres) -> Iterator[psycopg.Connection[TupleRow]]:
    """Open a connection whose locks are held until it is rolled back."""
    with psycopg.connect(postgres.url) as connection:
        yield connection


def test_answers_a_request_in_progress(
    service: ResilienceService, ada: User, open_transaction: psycopg.Connection[TupleRow]
) -> None:
    """A request that has begun before SIGTERM is answered, and then the process exits with 0.

    The test is slow: it starts and stops the service.
    """
    open_transaction.execute("LOCK TABLE todos")
    with ThreadPoolExecutor() as threads:
        request = threads.submit(service.add, ada)
        wait_for_blocked_sessions(open_transaction)

        service.terminate()
        open_transaction.rollback()

        assert request.result().status_code == 201
    assert service.wait(EXIT_SECONDS) == 0


def test_refuses_new_connections_at_once(
    start_service: Callable[..., ResilienceService],
) -> None:
    """While open connections are still served, the port is closed: a proxy tries another replica.

    The test is slow: it starts and stops the service.

    Sibling: tests/integration/http/test_waiting_clients.py::
    test_a_stopping_worker_refuses_new_clients_at_once.
    """
    service = start_service(PROCESSES="2")
    with closing(HTTPConnection("127.0.0.1", service.port, timeout=HANG_SECONDS)) as open_before:
        open_before.request("GET", "/healthz")
        open_before.getresponse().read()

        service.terminate()
        wait_until(lambda: refuses_connections(service))

        open_before.request("GET", "/healthz")
        assert open_before.getresponse().status == 200


def refuses_connections(service: ResilienceService) -> bool:
    """Try to connect."""
    try:
        service.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def test_closes_pages_at_once(service: ResilienceService, ada: User) -> None:
    """An open page is closed with 1001 (going away) and does not delay the exit.

    The test is slow: it starts and stops the service.
    """
    page = service.open_page(ada)
    begin = time.monotonic()

    service.terminate()

    assert page.close_code() == 1001
    assert time.monotonic() - begin < CLOSE_SECONDS + MEASURING_SECONDS
    page.drop()
    assert service.wait(EXIT_SECONDS) == 0
