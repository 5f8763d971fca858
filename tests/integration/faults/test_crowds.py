"""A process under stress: clients that stall or flood it, and a full house of pages."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import Thread

import pytest
from websocket import ABNF, WebSocketBadStatusException

from tests.integration.faults.service import Person, Service
from tests.integration.live_service import Page

pytestmark = pytest.mark.slow

STALLED = 40
ROOM = 16  # THREADS, 64 by default, less 48 for requests
SOON = 1
FLOOD = ABNF.create_frame("hello", ABNF.OPCODE_TEXT).format() * 1000


@pytest.fixture
def crowd(service: Service, ada: Person) -> Iterator[None]:
    """Fill the house with pages, and let clients begin a request each and say no more."""
    with ExitStack() as stack:
        for _ in range(ROOM):
            stack.callback(service.open_page(ada).vanish)
        for _ in range(STALLED):
            client = stack.enter_context(service.connect())
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
        yield


@pytest.mark.usefixtures("crowd")
def test_refuses_a_page_without_room(service: Service, ada: Person) -> None:
    """The house is full: the next page is refused.

    Sibling: tests/integration/test_live_room.py::test_refuses_a_page_without_room.
    """
    with pytest.raises(WebSocketBadStatusException, match="503"):
        service.open_page(ada)


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/todos"])
def test_answers_in_a_crowd(path: str, service: Service, ada: Person) -> None:
    """Pages and stalled clients leave threads to answer with, and soon.

    The test is slow: it starts the service.
    """
    begin = time.monotonic()

    response = service.ask("GET", path, ada)

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
