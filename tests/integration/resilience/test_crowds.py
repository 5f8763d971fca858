"""A process under stress: clients that stall or flood it, and a full house of pages."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import Thread

import pytest
from websocket import ABNF, WebSocketBadStatusException

from tests.support.live_service import Page
from tests.support.resilience_service import Person, Service

pytestmark = pytest.mark.slow

STALLED = 40
ROOM = 16  # THREADS, 64 by default, less 48 for requests
SOON = 1
FLOOD = ABNF.create_frame("hello", ABNF.OPCODE_TEXT).format() * 1000


@pytest.fixture(scope="module")
def full_service(migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return a service full of pages, where clients begin a request each and say no more.

    The tests only ask it something, and nothing happens to its database: it is filled once.
    """
    service = Service(migrated_url, tmp_path_factory.mktemp("crowd") / "service.log")
    with ExitStack() as stack:
        stack.callback(service.kill)
        service.start()
        ada = service.new_person()
        for _ in range(ROOM):
            stack.callback(service.open_page(ada).vanish)
        for _ in range(STALLED):
            client = stack.enter_context(service.connect())
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
        yield service


def test_refuses_a_page_without_room(full_service: Service) -> None:
    """The house is full: the next page is refused.

    The test is slow: it starts the service.

    Sibling: tests/integration/live/test_connection_limit.py::test_refuses_a_page_without_room.
    """
    bob = full_service.new_person()

    with pytest.raises(WebSocketBadStatusException, match="503"):
        full_service.open_page(bob)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/todos"])
def test_answers_in_a_crowd(path: str, full_service: Service) -> None:
    """Pages and stalled clients leave threads to answer with, and soon.

    The test is slow: it starts the service.
    """
    bob = full_service.new_person()
    begin = time.monotonic()

    response = full_service.ask("GET", path, bob)

    assert response.status_code == 200
    assert time.monotonic() - begin < SOON


def flood(page: Page) -> None:
    """Send text for as long as the service takes it."""
    with suppress(OSError):
        while True:
            page.send(FLOOD)


def test_closes_on_a_flood(service: Service, ada: Person) -> None:
    """A client that does not stop to send is still told why its connection ends.

    The test is slow: it starts the service, which looks once a second.
    """
    page = service.open_page(ada)
    thread = Thread(target=flood, args=[page])
    thread.start()

    code = page.close_code()

    assert code == 1008
    thread.join()
    page.vanish()
