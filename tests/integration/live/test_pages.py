"""Open pages that come and go, in one process or another, and the listener that serves them."""

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
from tests.support.live_service import Service, serve

LISTENER = "the listener of this test"
END_LISTENER = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
NOTIFY = "SELECT pg_notify(%s, %s)"
MANY = 500


@pytest.fixture(scope="module")
def service(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return a service that listens, on a connection with a name."""
    url = make_conninfo(migrated_url, application_name=LISTENER)
    with serve(url, database) as service:
        yield service


@pytest.fixture(scope="module")
def other_process(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return the service as a second process would serve it: with its own listener and pages."""
    with serve(migrated_url, database) as service:
        yield service


@pytest.fixture
def change(ada: FlaskClient) -> Callable[[str], None]:
    """Return what changes Ada's todos in the name of a page."""

    def change(page_id: str) -> None:
        ada.post("/api/todos", json={"title": "Buy milk"}, headers={"X-Page-Id": page_id})

    return change


def test_tells_pages_of_every_process(
    service: Service, other_process: Service, ada: FlaskClient, change: Callable[[str], None]
) -> None:
    """Whichever process took the change, pages of all processes learn it."""
    pages = [service.open_page(ada), other_process.open_page(ada)]

    change("writer")

    assert [page.next_news() for page in pages] == ["writer", "writer"]


def test_signing_out_closes_that_page(
    service: Service, other_process: Service, ada: FlaskClient, change: Callable[[str], None]
) -> None:
    """Signing out lets that page go, and no other of the person, whichever process has it."""
    here, there = service.open_page(ada, "here"), other_process.open_page(ada, "there")

    ada.delete("/api/sessions/current", headers={"X-Page-Id": "there"})
    change("here")

    assert there.close_code() == 1000
    assert here.next_news() == "here"


def test_a_stranger_closes_no_page(
    service: Service, ada: FlaskClient, bob: FlaskClient, change: Callable[[str], None]
) -> None:
    """Who knows the id of another person's page cannot sign it out."""
    page = service.open_page(ada, "page-1")
    bob.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    change("later")

    assert page.next_news() == "later"


@pytest.mark.slow
def test_closes_when_the_token_expires(service: Service, ada: FlaskClient) -> None:
    """A page whose sign-in is over is let go with a code of our own, 4401.

    The test is slow: the service looks once a second.
    """
    user_id = json_of(ada.get("/api/users/me"))["id"]
    # For the handshake it is valid still: the clocks of two machines may differ.
    ended = make_token(user_id, lifetime=timedelta(0))
    page = service.open_page(with_token(ada, ended))

    assert page.close_code() == 4401


@pytest.mark.slow
def test_tells_all_pages_to_look_after_a_gap(
    service: Service,
    ada: FlaskClient,
    db: psycopg.Connection[TupleRow],
    change: Callable[[str], None],
) -> None:
    """When the listener lost its connection, pages look for themselves, and then hear again.

    The test is slow: the listener waits half a second before it connects anew.
    """
    page = service.open_page(ada)
    db.execute(END_LISTENER, [LISTENER])
    assert page.next_news() == ""

    change("later")

    assert page.next_news() == "later"


def test_passes_over_what_it_does_not_understand(
    service: Service,
    ada: FlaskClient,
    db: psycopg.Connection[TupleRow],
    change: Callable[[str], None],
) -> None:
    """A message of another form, as of a later version, does not end the listening."""
    page = service.open_page(ada)
    db.execute(NOTIFY, [TODOS_CHANGED, "one too many words"])

    change("later")

    assert page.next_news() == "later"


def test_a_slow_page_holds_up_nobody(
    service: Service, ada: FlaskClient, db: psycopg.Connection[TupleRow]
) -> None:
    """While one page reads nothing, others hear each of many changes at once.

    What waits for the slow page is one message, however many changes there were.
    """
    user_id = json_of(ada.get("/api/users/me"))["id"]
    slow, quick = service.open_page(ada), service.open_page(ada)
    for number in range(MANY):
        db.execute(NOTIFY, [TODOS_CHANGED, encode(Author(user_id, f"page-{number}"))])
        assert quick.next_news() == f"page-{number}"

    heard_late = list(iter(slow.next_news, ""))

    assert len(heard_late) < MANY
