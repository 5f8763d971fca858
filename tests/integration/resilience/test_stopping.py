"""SIGTERM: requests under way are finished, pages are sent elsewhere, and the process ends."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.locks import wait_for_blocked_sessions
from tests.support.resilience_service import Person, Service
from tests.support.restartable_postgres import Server

pytestmark = pytest.mark.slow

AT_ONCE, SOON = 1, 6


@pytest.fixture
def open_transaction(server: Server) -> Iterator[psycopg.Connection[TupleRow]]:
    """Return a connection whose locks last until its end."""
    with psycopg.connect(server.url) as connection:
        yield connection


def test_finishes_what_it_has_begun(
    service: Service, ada: Person, open_transaction: psycopg.Connection[TupleRow]
) -> None:
    """A request that is under way is answered as if nothing was.

    The test is slow: it starts and stops the service.
    """
    open_transaction.execute("LOCK TABLE todos")
    with ThreadPoolExecutor() as threads:
        request = threads.submit(service.add, ada)
        wait_for_blocked_sessions(open_transaction)

        service.terminate()
        open_transaction.rollback()

        assert request.result().status_code == 201
    assert service.wait(SOON) == 0


def test_sends_pages_elsewhere_at_once(service: Service, ada: Person) -> None:
    """An open page is told to go (1001), and does not hold up the end.

    The test is slow: it starts and stops the service.
    """
    page = service.open_page(ada)
    begin = time.monotonic()

    service.terminate()

    assert page.close_code() == 1001
    assert time.monotonic() - begin < AT_ONCE
    page.vanish()
    assert service.wait(SOON) == 0
