"""What holds for all bytes that a client may send, however the network cuts them."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException

from app.server.framing import until_whole

PIECES = st.sampled_from(
    [
        b"POST / HTTP/1.1", b"\r\n", b"\n", b"Content-Length: 3", b"Content-Length: 99999",
        b"Transfer-Encoding: chunked", b"Expect: 100-continue", b"3", b"f" * 20, b"0", b";", b"abc",
    ]
)  # fmt: skip


def outcome(pieces: list[bytes]) -> object:
    """Return the error, or whether the request is whole, after all pieces have arrived."""
    received = bytearray()
    progress = until_whole(received)
    try:
        for piece in pieces:
            received += piece
            if next(progress, None) is None:
                return "whole"
    except HTTPException as error:
        return error.code
    return "not whole"


@given(pieces=st.lists(PIECES | st.binary(max_size=3), min_size=1, max_size=30))
def test_the_cuts_of_the_network_do_not_matter(pieces: list[bytes]) -> None:
    """The outcome is the same if all arrives at once, and no other exception is raised."""
    assert outcome(pieces) == outcome([b"".join(pieces)])
