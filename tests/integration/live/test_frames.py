"""Frames that a client sends, although it has nothing to say."""

import struct
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from websocket import ABNF

from app.adapters.database import Database
from tests.support.live_server import LiveServer, live_server

MAX_BYTES = 1024


@pytest.fixture(scope="module")
def server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Start one server for the whole file: each test opens pages of its own user."""
    with live_server(migrated_url, database) as server:
        yield server


def frame(opcode: int, data: bytes = b"", *, last: int = 1) -> bytes:
    """Return a frame that is masked, as those of a client must be."""
    masked: bytes = ABNF(last, 0, 0, 0, opcode, 1, data).format()
    return masked


TEXT = frame(ABNF.OPCODE_TEXT, b"hello")
PING = frame(ABNF.OPCODE_PING, b"a" * 125)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (TEXT, 1008),
        (frame(ABNF.OPCODE_BINARY, b"\x00\xff"), 1003),
        (frame(ABNF.OPCODE_TEXT, b"\xc3\x28"), 1007),
        (frame(ABNF.OPCODE_TEXT, b"a" * MAX_BYTES), 1008),
        (frame(ABNF.OPCODE_TEXT, b"a" * (MAX_BYTES + 1)), 1009),
        (frame(ABNF.OPCODE_BINARY, bytes(2_000_000)), 1009),
        (frame(ABNF.OPCODE_TEXT, b"a" * 600, last=0) + frame(ABNF.OPCODE_CONT, b"a" * 600), 1009),
        (b"\x83\x80\x00\x00\x00\x00", 1002),
        (b"\x81\x05hello", 1002),
        (b"\xf1\x80\x00\x00\x00\x00", 1002),
        (b"\x81\xff" + struct.pack("!Q", 2**63), 1002),
        (b"GET / HTTP/1.1\r\n\r\n", 1002),
    ],
    ids=[
        "text", "binary", "not UTF-8", "largest", "too large", "huge",
        "too large in parts", "unknown opcode", "unmasked", "reserved bits",
        "impossible length", "not a frame",
    ],
)  # fmt: skip
def test_closes_on_an_unexpected_frame(
    sent: bytes, code: int, server: LiveServer, ada: FlaskClient
) -> None:
    """Anything that a client sends closes its own connection, and no other, with a close code.

    The service looks for messages once a second and at each update, so the change saves a second.
    """
    offender, neighbour = server.open_page(ada), server.open_page(ada)

    offender.send(sent)
    ada.post("/api/todos", json={"title": "Buy milk"}, headers={"X-Page-Id": "writer"})

    assert offender.close_code() == code
    assert neighbour.next_update() == "writer"


@pytest.mark.slow
def test_survives_a_flood_of_pings(server: LiveServer, ada: FlaskClient) -> None:
    """However many pings come first, the connection is closed with the code for the message.

    The test is slow: the service looks for messages once a second.
    """
    page = server.open_page(ada)

    page.send(PING * 500 + TEXT)

    assert page.close_code() == 1008
