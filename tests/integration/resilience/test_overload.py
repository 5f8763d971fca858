"""Overload: as many pages as a process accepts, and clients that stall or flood it.

Siblings that say what happens to such a client: tests/integration/http/test_waiting_clients.py.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import Thread

import pytest
from websocket import ABNF, WebSocketBadStatusException

from tests.support.live_page import LivePage
from tests.support.resilience_service import ResilienceService, User
from tests.support.waiting import MEASURING_SECONDS

pytestmark = pytest.mark.slow

STALLED_CLIENTS = 200  # of each kind: several times as many as there are threads
STALLED = {
    "nothing": b"",
    "head": b"GET /healthz HTTP/1.1\r\nHost: ",
    "body": b"POST /api/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{",
    "chunks": b"POST /api/sessions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{",
}
# 16 pages: THREADS, 64 by default, less 48 for requests. An account may have a quarter of them.
ACCOUNTS, PAGES_OF_ACCOUNT = 4, 4
ANSWER_SECONDS = 1
FLOOD = ABNF.create_frame("hello", ABNF.OPCODE_TEXT).format() * 1000


@pytest.fixture(scope="module")
def full_service(
    migrated_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ResilienceService]:
    """Overload one service for all tests that only send requests."""
    service = ResilienceService(migrated_url, tmp_path_factory.mktemp("overload") / "service.log")
    with ExitStack() as stack:
        stack.callback(service.kill)
        service.start()
        for user in [service.new_user() for _ in range(ACCOUNTS)]:
            for _ in range(PAGES_OF_ACCOUNT):
                stack.callback(service.open_page(user).drop)
        for sent in STALLED.values():
            for _ in range(STALLED_CLIENTS):
                stack.enter_context(service.connect()).sendall(sent)
        yield service


def test_refuses_a_page_beyond_the_limit(full_service: ResilienceService) -> None:
    """With the default settings the limit is reached at 16 pages.

    The test is slow: it starts the service.

    Sibling: tests/integration/live/test_connection_limit.py::test_refuses_a_page_beyond_the_limit.
    """
    bob = full_service.new_user()

    with pytest.raises(WebSocketBadStatusException, match="503"):
        full_service.open_page(bob)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/todos"])
def test_answers_while_clients_stall(path: str, full_service: ResilienceService) -> None:
    """Pages and stalled clients leave threads free, so a request is answered within a second.

    The test is slow: it starts the service.
    """
    bob = full_service.new_user()
    begin = time.monotonic()

    response = full_service.request("GET", path, bob)

    assert response.status_code == 200
    assert time.monotonic() - begin < ANSWER_SECONDS + MEASURING_SECONDS


def flood(page: LivePage) -> None:
    """Send messages until the service closes the connection."""
    with suppress(OSError):
        while True:
            page.send(FLOOD)


def test_closes_on_a_flood_of_messages(service: ResilienceService, ada: User) -> None:
    """A client that never stops sending still receives the close code.

    The test is slow: it starts the service, which looks for messages once a second.
    """
    page = service.open_page(ada)
    thread = Thread(target=flood, args=[page])
    thread.start()

    code = page.close_code()

    assert code == 1008
    page.drop()
    thread.join()
