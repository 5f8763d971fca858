"""Pages that stay open: in several processes, until they are closed, while the listener fails."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.adapters.notifications import TODOS_CHANGED, encode
from app.domain.live import Author
from tests.support.api_client import json_of, make_token, with_token
from tests.support.live_server import LiveServer, live_server

LISTENER_NAME = "the listener of this test"
TERMINATE_LISTENER = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
)
NOTIFY = "SELECT pg_notify(%s, %s)"
UPDATES = 500


@pytest.fixture(scope="module")
def server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Start a server whose LISTEN connection has a name, so that a test can terminate it."""
    url = make_conninfo(migrated_url, application_name=LISTENER_NAME)
    with live_server(url, database) as server:
        yield server


@pytest.fixture(scope="module")
def second_server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Start a second server with a LISTEN connection of its own, like a second process."""
    with live_server(migrated_url, database) as server:
        yield server


@pytest.fixture
def change(ada: FlaskClient) -> Callable[[str], None]:
    """Add a todo of Ada's with this page id."""

    def change(page_id: str) -> None:
        ada.post("/api/todos", json={"title": "Buy milk"}, headers={"X-Page-Id": page_id})

    return change


def test_tells_pages_of_every_process(
    server: LiveServer, second_server: LiveServer, ada: FlaskClient, change: Callable[[str], None]
) -> None:
    """Pages in all processes are told, whichever process made the change."""
    pages = [server.open_page(ada), second_server.open_page(ada)]

    change("writer")

    assert [page.next_update() for page in pages] == ["writer", "writer"]


def test_signing_out_closes_that_page(
    server: LiveServer, second_server: LiveServer, ada: FlaskClient, change: Callable[[str], None]
) -> None:
    """Signing out closes the page that signed out, in any process, and no other of the user."""
    here, there = server.open_page(ada, "here"), second_server.open_page(ada, "there")

    ada.delete("/api/sessions/current", headers={"X-Page-Id": "there"})
    change("here")

    assert there.close_code() == 1000
    assert here.next_update() == "here"


def test_another_user_cannot_close_a_page(
    server: LiveServer, ada: FlaskClient, bob: FlaskClient, change: Callable[[str], None]
) -> None:
    """A page id is no secret: signing out with another user's page id closes nothing."""
    page = server.open_page(ada, "page-1")
    bob.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    change("later")

    assert page.next_update() == "later"


@pytest.mark.slow
def test_closes_when_the_token_expires(server: LiveServer, ada: FlaskClient) -> None:
    """A page is closed with code 4401 when its token expires, even if nothing is sent to it.

    The test is slow: the service looks once a second.
    """
    user_id = json_of(ada.get("/api/users/me"))["id"]
    # The handshake still accepts it: a leeway allows for the clocks of two machines.
    expired = make_token(user_id, lifetime=timedelta(0))
    page = server.open_page(with_token(ada, expired))

    assert page.close_code() == 4401


@pytest.mark.slow
def test_tells_all_pages_to_fetch_after_a_lost_connection(
    server: LiveServer,
    ada: FlaskClient,
    db: psycopg.Connection[TupleRow],
    change: Callable[[str], None],
) -> None:
    """After a lost LISTEN connection every page fetches, because a notification may be missing.

    The test is slow: the listener waits for half a second before it reconnects.
    """
    page = server.open_page(ada)
    db.execute(TERMINATE_LISTENER, [LISTENER_NAME])
    assert page.next_update() == ""

    change("later")

    assert page.next_update() == "later"


def test_ignores_a_malformed_notification(
    server: LiveServer,
    ada: FlaskClient,
    db: psycopg.Connection[TupleRow],
    change: Callable[[str], None],
) -> None:
    """A later version may send another format; the listener ignores it and continues."""
    page = server.open_page(ada)
    db.execute(NOTIFY, [TODOS_CHANGED, "one too many words"])

    change("later")

    assert page.next_update() == "later"


def test_a_slow_page_does_not_delay_others(
    server: LiveServer, ada: FlaskClient, db: psycopg.Connection[TupleRow]
) -> None:
    """While one page does not read, another receives each update at once.

    The updates that wait for the slow page are coalesced into one, and on a slow machine it has
    even lost its place.
    """
    user_id = json_of(ada.get("/api/users/me"))["id"]
    slow, fast = server.open_page(ada), server.open_page(ada)
    for number in range(UPDATES):
        db.execute(NOTIFY, [TODOS_CHANGED, encode(Author(user_id, f"page-{number}"))])
        assert fast.next_update() == f"page-{number}"

    late_updates = slow.updates_until("")

    assert len(late_updates) < UPDATES
