"""How many pages a process accepts, and that a page which is gone leaves nothing behind."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import TupleRow
from websocket import WebSocketBadStatusException

from app.adapters.database import Database
from app.adapters.notifications import TODOS_CHANGED, encode
from app.domain.live import Author
from tests.support.api_client import json_of
from tests.support.live_server import LiveServer, live_server
from tests.support.waiting import wait_until


@pytest.fixture
def one_page_server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Serve one page at a time."""
    with live_server(migrated_url, database, max_pages=1) as server:
        yield server


def accepts_a_page(server: LiveServer, user: FlaskClient) -> bool:
    """Try to open a page."""
    try:
        server.open_page(user)
    except WebSocketBadStatusException:
        return False
    return True


def test_refuses_a_page_beyond_the_limit(one_page_server: LiveServer, ada: FlaskClient) -> None:
    """Beyond its limit a process refuses pages, so that HTTP requests keep their threads.

    Sibling: tests/integration/resilience/test_overload.py::test_refuses_a_page_beyond_the_limit.
    """
    one_page_server.open_page(ada)

    with pytest.raises(WebSocketBadStatusException) as refusal:
        one_page_server.open_page(ada)

    assert refusal.value.status_code == 503
    assert refusal.value.resp_headers
    assert refusal.value.resp_headers["retry-after"] == "5"


@pytest.mark.slow
def test_accepts_a_page_when_another_was_closed(
    one_page_server: LiveServer, ada: FlaskClient
) -> None:
    """A closed page gives its place up, even when no update is sent to it.

    The test is slow: the service looks for closed pages once a second.
    """
    one_page_server.open_page(ada).close()

    wait_until(lambda: accepts_a_page(one_page_server, ada))


@pytest.mark.slow
def test_accepts_a_page_when_another_does_not_read(
    one_page_server: LiveServer, ada: FlaskClient, db: psycopg.Connection[TupleRow]
) -> None:
    """A page that does not read its updates loses its place, although its connection is open.

    The test is slow: after the kernel's buffers are full, the service waits for five seconds.
    """
    one_page_server.open_page(ada)
    message = encode(Author(json_of(ada.get("/api/users/me"))["id"]))

    def accepts_a_page_after_updates() -> bool:
        for _ in range(100):
            db.execute("SELECT pg_notify(%s, %s)", [TODOS_CHANGED, message])
        return accepts_a_page(one_page_server, ada)

    wait_until(accepts_a_page_after_updates)


def test_ends_the_threads_of_a_closed_page(one_page_server: LiveServer, ada: FlaskClient) -> None:
    """Both threads of a page end with its connection: a process cannot exit before they do."""
    others = set(threading.enumerate())
    page = one_page_server.open_page(ada, "page-1")
    ada.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    page.close_code()
    page.drop()

    wait_until(lambda: set(threading.enumerate()) <= others)
