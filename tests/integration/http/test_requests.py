"""Requests as clients send them: in pieces, in advance, malformed, too large."""

import json
import socket
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.support.worker_thread import WorkerThread, read_all

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
CODING = b"Transfer-Encoding: %s\r\n\r\n"
CHUNKED, LAST = HEAD + CODING % b"chunked", b"\r\n0\r\n\r\n"
CLOSE = b"GET /last HTTP/1.1\r\nConnection: close\r\n\r\n"
SECRET = b"hunter2"


def echo(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """Return the path and the body of the request in brackets; fail at /boom."""
    if environ["PATH_INFO"] == "/boom":
        raise ZeroDivisionError
    body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
    answer = b"[%s %s]" % (str(environ["PATH_INFO"]).encode(), body)
    start("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


@pytest.fixture(scope="module")
def server() -> Iterator[WorkerThread]:
    """Start one worker for the whole file: no test changes it."""
    with WorkerThread(echo) as server:
        yield server


def bodies(responses: bytes) -> list[bytes]:
    """Return what is in brackets: the bodies of all responses."""
    return [part.partition(b"]")[0] for part in responses.split(b"[")[1:]]


def pieces(data: bytes) -> list[bytes]:
    """Cut the data into single bytes."""
    return [data[index : index + 1] for index in range(len(data))]


@pytest.mark.parametrize(
    "request_bytes",
    [
        HEAD + b"Content-Length: 5\r\n\r\nhello",
        HEAD + b"content-LENGTH:5\t\r\n\r\nhello",
        CHUNKED + b"2\r\nhe\r\n03;a=b\r\nllo" + LAST,
        CHUNKED + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
    ],
    ids=["length", "another spelling", "chunks", "trailers"],
)
def test_reads_a_request_that_comes_in_pieces(request_bytes: bytes, server: WorkerThread) -> None:
    """However the network cuts a request, the application gets all of it."""
    responses = server.exchange(*pieces(request_bytes + CLOSE))

    assert bodies(responses) == [b"/ hello", b"/last "]


def test_answers_requests_that_come_in_advance(server: WorkerThread) -> None:
    """A client may send requests before it has read the answers (RFC 9112, section 9.3.2)."""
    first = HEAD + b"Content-Length: 1\r\n\r\nA"
    second = CHUNKED + b"1\r\nB\r\n0\r\n\r\n"

    responses = server.exchange(first + second + CLOSE[:9], CLOSE[9:])

    assert bodies(responses) == [b"/ A", b"/ B", b"/last "]


def test_tells_a_client_that_asks_to_send_its_body(server: WorkerThread) -> None:
    """With `Expect: 100-continue` a client sends the body after the answer to the head."""
    head = HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 5\r\n\r\n"
    with server.connect() as client:
        client.sendall(head)

        interim = client.recv(100)
        client.sendall(b"hello")

        assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert client.recv(100).partition(b"\r\n")[0] == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        pytest.param(CHUNKED + b"x\r\n" + SECRET, 400, id="chunk size no number"),
        pytest.param(CHUNKED + b"-7\r\n" + SECRET, 400, id="negative chunk size"),
        pytest.param(CHUNKED + b"0x7\r\n" + SECRET, 400, id="prefixed chunk size"),
        pytest.param(CHUNKED + b"7 \r\n" + SECRET + LAST, 400, id="space after chunk size"),
        pytest.param(CHUNKED + b"\r\n" + SECRET, 400, id="no chunk size"),
        pytest.param(CHUNKED + b"6\r\n" + SECRET + LAST, 400, id="chunk too long"),
        pytest.param(CHUNKED + b"7\r\n" + SECRET + LAST[2:], 400, id="no end of line"),
        pytest.param(CHUNKED + b"7;=\r\n" + SECRET + LAST, 400, id="chunk extension"),
        pytest.param(CHUNKED + b"f" * 20 + b"\r\n" + SECRET, 413, id="huge chunk size"),
        pytest.param(CHUNKED + b"f" * 65 + b"\r\n" + SECRET, 400, id="endless chunk size"),
        pytest.param(CHUNKED + b"7" * 70_000, 413, id="endless chunk line"),
        pytest.param(CHUNKED + b"0\r\n" + SECRET + b"\r\n\r\n", 400, id="trailer no field"),
        pytest.param(CHUNKED + b"0\r\nHost: a\r\n\r\n", 400, id="forbidden trailer"),
        pytest.param(CHUNKED + b"0\r\na: " + SECRET * 9000, 431, id="endless trailers"),
        pytest.param(HEAD + b"Content-Length: 7\r\n" + CODING % b"chunked", 400, id="both"),
        pytest.param(HEAD + b"Content-Length: 7\r\n" * 2 + b"\r\n" + SECRET, 400, id="2 lengths"),
        pytest.param(HEAD + b"Content-Length: -7\r\n\r\n" + SECRET, 400, id="negative length"),
        pytest.param(HEAD + b"Content-Length: 16385\r\n\r\n", 413, id="too long"),
        pytest.param(HEAD + CODING % b"gzip", 400, id="no length"),
        pytest.param(HEAD + CODING % b"gzip, chunked", 400, id="compressed"),
        pytest.param(HEAD + CODING % SECRET, 501, id="unknown coding"),
        pytest.param(HEAD + b"Authorization " + SECRET + b"\r\n\r\n", 400, id="no field"),
        pytest.param(b"GET /?" + SECRET + b"\r\n\r\n", 400, id="no version"),
        pytest.param(HEAD + b"Expect: " + SECRET + b"\r\n\r\n", 417, id="expectation"),
        pytest.param(b"GET /" + SECRET * 800 + b" HTTP/1.1\r\n\r\n", 414, id="long line"),
        pytest.param(HEAD + b"a: " + SECRET * 1200 + b"\r\n\r\n", 431, id="long field"),
        pytest.param(HEAD + b"a: " + SECRET * 9000, 431, id="endless head"),
    ],
)
def test_refuses_a_malformed_request(
    request_bytes: bytes, status: int, server: WorkerThread, caplog: pytest.LogCaptureFixture
) -> None:
    """It gets one problem document, the connection ends, and what was sent is not logged."""
    response = server.exchange(request_bytes)

    head, _, body = response.partition(b"\r\n\r\n")
    assert json.loads(body)["status"] == status
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in head
    assert SECRET.decode() not in caplog.text


def test_refuses_a_request_that_ends_early(server: WorkerThread) -> None:
    """A client that stops sending in the middle of a request gets an error."""
    with server.connect() as client:
        client.sendall(HEAD + b"Content-Length: 5\r\n\r\nhell")

        client.shutdown(socket.SHUT_WR)

        assert read_all(client).startswith(b"HTTP/1.1 400 ")


def test_an_error_of_the_application_is_500(
    server: WorkerThread, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says where it was; the response does not."""
    response = server.exchange(b"GET /boom HTTP/1.1\r\n\r\n")

    assert response.startswith(b"HTTP/1.1 500 ")
    assert b"ZeroDivisionError" not in response
    assert "ZeroDivisionError" in caplog.text
