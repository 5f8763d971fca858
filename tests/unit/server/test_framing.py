"""Where a request ends, while it arrives byte by byte."""

import pytest

from app.server.framing import until_whole

POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


def bytes_needed(data: bytes) -> int:
    """Add one byte after the other and return after how many the request is whole."""
    received = bytearray()
    progress = until_whole(received)
    for byte in data:
        received.append(byte)
        if next(progress, None) is None:
            break
    return len(received)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        POST + b"Content-Length: 0\r\n\r\n",
        POST + b"Content-Length: 5\r\n\r\nhello",
        POST + b"content-LENGTH:5\t\r\n\r\n\r\n\r\n!",
        CHUNKED + b"0\r\n\r\n",
        CHUNKED + b"5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\n0\r\n\r\n\r\n0\r\n\r\n",
        CHUNKED + b"05;a=b\r\nhello\r\n1\r\n!\r\n00\r\n\r\n",
        CHUNKED + b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n",
    ],
    ids=[
        "no body", "no length", "length", "empty lines in a body", "no chunk", "chunk",
        "an end in a chunk", "chunks", "trailers",
    ],
)  # fmt: skip
def test_a_request_is_whole_at_its_last_byte(request_bytes: bytes) -> None:
    """Not before, or the end would be missing; not later, or the client would wait in vain."""
    assert bytes_needed(request_bytes + b"GET /next") == len(request_bytes)


@pytest.mark.parametrize(
    ("malformed", "rest"),
    [
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"5\r\nhello"),
        (POST + b"Content-Length: five\r\n\r\n", b"hello"),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", b"5\r\nhello"),
        (CHUNKED + b"five\r\n", b"hello"),
        (CHUNKED + b"5\r\nhello!0\r\n", b"\r\n"),
    ],
    ids=["two lengths", "no number", "compressed", "chunk size no number", "chunk too short"],
)
def test_a_malformed_request_counts_as_whole(malformed: bytes, rest: bytes) -> None:
    """The parser refuses it at once; nobody waits for an end that cannot be found."""
    assert bytes_needed(malformed + rest) == len(malformed)


@pytest.mark.parametrize(
    ("head", "answers"),
    [
        (POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n", [b"HTTP/1.1 100", b""]),
        (POST + b"EXPECT:100-Continue\r\nContent-Length: 2\r\n\r\n", [b"HTTP/1.1 100", b""]),
        (POST + b"X-Expect: 100-continue\r\nContent-Length: 2\r\n\r\n", [b"", b""]),
        (b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", [b"", b""]),
    ],
    ids=["asks", "another spelling", "another field", "HTTP/1.0"],
)
def test_answers_expect_once(head: bytes, answers: list[bytes]) -> None:
    """A client that waits for the answer gets it before its body, once (RFC 9110, 10.1.1)."""
    received = bytearray(head)
    progress = until_whole(received)

    sent = [next(progress)]
    received += b"!"
    sent.append(next(progress))

    assert [answer.partition(b" Continue")[0] for answer in sent] == answers
