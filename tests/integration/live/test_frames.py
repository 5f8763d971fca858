"""What a client sends over the WebSocket though it has nothing to say."""

import struct
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from websocket import ABNF

from app.adapters.database import Database
from tests.support.live_service import Service, serve

LARGEST = 1024


@pytest.fixture(scope="module")
def service(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return a service that listens."""
    with serve(migrated_url, database) as service:
        yield service


def frame(opcode: int, data: bytes = b"", *, last: int = 1) -> bytes:
    """Return a frame as a client sends it, masked."""
    masked: bytes = ABNF(last, 0, 0, 0, opcode, 1, data).format()
    return masked


TEXT = frame(ABNF.OPCODE_TEXT, b"hello")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (TEXT, 1008),
        (frame(ABNF.OPCODE_BINARY, b"\x00\xff"), 1003),
        (frame(ABNF.OPCODE_TEXT, b"\xc3\x28"), 1007),
        (frame(ABNF.OPCODE_TEXT, b"a" * LARGEST), 1008),
        (frame(ABNF.OPCODE_TEXT, b"a" * (LARGEST + 1)), 1009),
        (frame(ABNF.OPCODE_BINARY, bytes(2_000_000)), 1009),
        (frame(ABNF.OPCODE_TEXT, b"a" * 600, last=0) + frame(ABNF.OPCODE_CONT, b"a" * 600), 1009),
        (frame(ABNF.OPCODE_PING, b"a" * 125) * 500 + TEXT, 1008),
        (b"\x83\x80\x00\x00\x00\x00", 1002),
        (b"\x81\x05hello", 1002),
        (b"\xf1\x80\x00\x00\x00\x00", 1002),
        (b"\x81\xff" + struct.pack("!Q", 2**63), 1002),
        (b"GET / HTTP/1.1\r\n\r\n", 1002),
    ],
    ids=[
        "text", "binary", "not UTF-8", "the largest", "too large", "huge",
        "too large in parts", "flood of pings", "unknown opcode", "unmasked",
        "reserved bits", "impossible length", "no frame",
    ],
)  # fmt: skip
def test_closes_on_what_it_does_not_expect(
    sent: bytes, code: int, service: Service, ada: FlaskClient
) -> None:
    """Whatever a client sends ends its own connection, with the code that says why, alone.

    The test is slow: the service looks once a second.
    """
    offender, neighbour = service.open_page(ada), service.open_page(ada)

    offender.send(sent)

    assert offender.close_code() == code
    ada.post("/api/todos", json={"title": "Buy milk"}, headers={"X-Page-Id": "later"})
    assert neighbour.next_news() == "later"
