"""Clients that send, read or close slowly, or not at all: none of them keeps others waiting."""

import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from threading import Event

import pytest
from pytest_mock import MockerFixture

from app.server import connection, worker
from tests.support.waiting import HANG_SECONDS, POLL_SECONDS, wait_until
from tests.support.worker_thread import WorkerThread, read_all

GET = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
GET_AND_CLOSE = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
OK = b"HTTP/1.1 200 OK"
# So large that the kernel's buffers do not take all of it.
LARGE = bytes(20_000_000)
RESET = struct.pack("ii", 1, 0)

entered, release = Event(), Event()


def application(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """Answer at once, except that /wait waits for `release` and /large is large."""
    if environ["PATH_INFO"] == "/wait":
        entered.set()
        release.wait(HANG_SECONDS)
    body = LARGE if environ["PATH_INFO"] == "/large" else b""
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def server() -> Iterator[WorkerThread]:
    """Start a worker with one thread and room for three connections that wait."""
    entered.clear()
    release.clear()
    with WorkerThread(application, threads=1, worker_connections=4) as server:
        yield server
        release.set()


@pytest.fixture
def idle(server: WorkerThread) -> Iterator[socket.socket]:
    """Open a connection on which a request has been answered."""
    with server.connect() as client:
        answer(client)
        server.wait_for_waiting(1)
        yield client


@pytest.fixture
def move_clock(server: WorkerThread, mocker: MockerFixture) -> Callable[[float], None]:
    """Set the worker's clock this many seconds forward."""
    clock = mocker.patch.object(worker, "time", autospec=True)
    clock.monotonic.side_effect = time.monotonic

    def move(seconds: float) -> None:
        clock.monotonic.side_effect = lambda: time.monotonic() + seconds
        server.wake()

    return move


def answer(client: socket.socket, request: bytes = GET % b"") -> bytes:
    """Send a request and return the first line of the response; nothing if there is none."""
    client.sendall(request)
    return client.recv(1000).partition(b"\r\n")[0]


def drip_until_answered(client: socket.socket) -> bytes:
    """Send one byte after the other until something comes back."""
    client.settimeout(POLL_SECONDS)
    while True:
        with suppress(TimeoutError):
            return answer(client, b"x")


def test_a_request_has_a_time_limit(idle: socket.socket, mocker: MockerFixture) -> None:
    """The time runs from the first byte to the last, however regularly bytes come."""
    mocker.patch.object(worker, "REQUEST_SECONDS", 0.2)

    line = drip_until_answered(idle)

    assert line == b"HTTP/1.1 408 Request Timeout"


def test_a_connection_without_a_request_is_closed(
    server: WorkerThread, move_clock: Callable[[float], None]
) -> None:
    """A client that connects and sends nothing has as much time as one that sends slowly."""
    with server.connect() as client:
        server.wait_for_waiting(1)

        move_clock(11)

        assert read_all(client) == b""


def test_an_idle_connection_is_kept_for_a_minute(
    server: WorkerThread, idle: socket.socket, move_clock: Callable[[float], None]
) -> None:
    """Clients and proxies that keep connections for up to a minute lose no request."""
    move_clock(60)
    server.exchange(GET_AND_CLOSE)

    line = answer(idle)

    assert line == OK


def test_an_idle_connection_is_closed_at_last(
    idle: socket.socket, move_clock: Callable[[float], None]
) -> None:
    """A client that is gone without a word does not occupy a place for ever."""
    move_clock(76)

    assert read_all(idle) == b""


def test_a_request_after_a_pause_has_its_full_time(
    server: WorkerThread, idle: socket.socket, move_clock: Callable[[float], None]
) -> None:
    """The time that a connection was idle does not count as that of the next request."""
    move_clock(74)
    idle.sendall(GET[:5])
    server.exchange(GET_AND_CLOSE)
    move_clock(80)
    server.exchange(GET_AND_CLOSE)

    line = answer(idle, GET[5:] % b"")

    assert line == OK


def test_a_client_that_does_not_close_delays_nobody(server: WorkerThread) -> None:
    """After the last response the worker gives clients time to close, and serves others meanwhile.

    If it waited for one client after the other, two seconds each, this test would time out.
    """
    with ExitStack() as clients:
        for _ in range(20):
            assert answer(clients.enter_context(server.connect()), GET_AND_CLOSE) == OK


def test_closes_in_place_of_the_client(
    server: WorkerThread, move_clock: Callable[[float], None]
) -> None:
    """A client that does not close its side gives its place up all the same."""
    with server.connect() as client:
        client.sendall(GET_AND_CLOSE)
        read_all(client)

        move_clock(3)

        server.wait_for_connections(0)


def test_a_refused_upload_ends_with_the_answer(server: WorkerThread) -> None:
    """A client that sends all of a large body before it reads still gets the answer."""
    upload = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(LARGE)

    response = server.exchange(upload, LARGE)

    assert response.startswith(b"HTTP/1.1 413 ")


def test_a_client_that_does_not_read_loses_its_thread(
    server: WorkerThread, mocker: MockerFixture
) -> None:
    """The only thread is free again after the time for a response."""
    mocker.patch.object(connection, "RESPONSE_SECONDS", 0.1)
    with server.connect() as client:
        answer(client, GET % b"large")

        response = server.exchange(GET_AND_CLOSE)

        assert response.startswith(OK)
        assert len(read_all(client)) < len(LARGE)


def test_a_new_client_displaces_the_one_that_has_waited_longest(
    server: WorkerThread, mocker: MockerFixture
) -> None:
    """However many connections are open, the next client is served."""
    mocker.patch.object(worker, "REQUEST_SECONDS", 10 * HANG_SECONDS)
    with ExitStack() as clients:
        oldest, *_ = [clients.enter_context(server.connect()) for _ in range(4)]

        response = server.exchange(GET_AND_CLOSE)

        assert response.startswith(OK)
        assert read_all(oldest) == b""


@pytest.mark.parametrize("sent", [b"", GET[:5], GET % b"wait"], ids=["nothing", "part", "all"])
def test_a_client_that_vanishes_leaves_nothing(sent: bytes, server: WorkerThread) -> None:
    """A connection that is reset gives its place up at once, whatever was sent before."""
    with server.connect() as client:
        client.sendall(sent)
        server.wait_for_connections(1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    release.set()

    server.wait_for_connections(0)


def refuses_connections(server: WorkerThread) -> bool:
    """Try to connect."""
    try:
        server.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_stopping_worker_refuses_new_clients_at_once(
    server: WorkerThread, idle: socket.socket
) -> None:
    """A proxy can try another replica; requests on open connections are still answered."""
    idle.sendall(GET % b"wait")
    entered.wait(HANG_SECONDS)

    server.stop()
    wait_until(lambda: refuses_connections(server))
    release.set()

    assert idle.recv(1000).startswith(OK)
    assert answer(idle) == OK


def test_a_stopping_worker_serves_who_has_connected() -> None:
    """A connection that the system has accepted, and the worker not yet, is not reset."""
    server = WorkerThread(application)
    with ExitStack() as stack:
        client = server.connect()
        client.sendall(GET % b"")
        server.stop()

        stack.enter_context(server)

        with client:
            assert read_all(client).startswith(OK)
