"""How many pages a process takes, and that nothing is left of those that are gone."""

import selectors
import threading
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import TupleRow
from websocket import WebSocketBadStatusException

from app.adapters.database import Database
from app.adapters.notifications import TODOS_CHANGED, encode
from app.api.live import SOCKET_OPTIONS
from app.domain.live import Author
from tests.support.api_client import json_of
from tests.support.live_service import Service, serve
from tests.support.waiting import wait_until


class LateSelector(selectors.DefaultSelector):
    """Looks at its socket late, as a thread does on a busy machine."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what happened by now, or happens within so many seconds."""
        threading.Event().wait(0.2)
        return super().select(timeout)


@pytest.fixture
def narrow_service(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return a service with room for one page."""
    with serve(migrated_url, database, max_pages=1) as service:
        yield service


def has_room(service: Service, person: FlaskClient) -> bool:
    """Say whether a page can be opened."""
    try:
        service.open_page(person)
    except WebSocketBadStatusException:
        return False
    return True


def test_refuses_a_page_without_room(narrow_service: Service, ada: FlaskClient) -> None:
    """Beyond its limit a process refuses pages, so that requests keep their threads.

    Sibling: tests/integration/resilience/test_crowds.py::test_refuses_a_page_without_room.
    """
    narrow_service.open_page(ada)

    with pytest.raises(WebSocketBadStatusException) as refusal:
        narrow_service.open_page(ada)

    assert refusal.value.resp_headers
    assert refusal.value.status_code == 503
    assert refusal.value.resp_headers["retry-after"] == "5"


@pytest.mark.slow
def test_has_room_when_a_page_is_gone(narrow_service: Service, ada: FlaskClient) -> None:
    """Pages that are gone count no more; the service looks once a second, so the test is slow."""
    narrow_service.open_page(ada).leave()

    wait_until(lambda: has_room(narrow_service, ada), seconds=3)


@pytest.mark.slow
def test_has_room_when_a_page_does_not_read(
    narrow_service: Service, ada: FlaskClient, db: psycopg.Connection[TupleRow]
) -> None:
    """A page that takes no news loses its place, though its connection stands.

    The test is slow: the kernel's buffers fill up first, and then the service waits five seconds.
    """
    narrow_service.open_page(ada)
    news = encode(Author(json_of(ada.get("/api/users/me"))["id"]))

    def has_room_after_news() -> bool:
        for _ in range(100):
            db.execute("SELECT pg_notify(%s, %s)", [TODOS_CHANGED, news])
        return has_room(narrow_service, ada)

    wait_until(has_room_after_news, seconds=30)


@pytest.mark.slow
def test_leaves_no_thread_behind(
    narrow_service: Service, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a page is gone, so is the thread that read from it: a process cannot end before it.

    The test is slow: that thread is made to be late.
    """
    monkeypatch.setitem(SOCKET_OPTIONS, "selector_class", LateSelector)
    others = set(threading.enumerate())
    page = narrow_service.open_page(ada, "page-1")
    ada.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    page.close_code()
    page.vanish()

    wait_until(lambda: set(threading.enumerate()) <= others, seconds=3)
