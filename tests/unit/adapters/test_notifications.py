"""The payload of a notification between processes."""

import pytest

from app.adapters.notifications import decode, encode
from app.domain.live import Author


@pytest.mark.parametrize(
    ("author", "payload"),
    [
        pytest.param(Author(7, "page-1"), "7 page-1", id="a page"),
        pytest.param(Author(7), "7 ", id="a program"),
    ],
)
def test_a_payload_names_the_author(author: Author, payload: str) -> None:
    """Processes of different versions must understand each other, so the format is fixed."""
    assert encode(author) == payload
    assert decode(payload) == author


@pytest.mark.parametrize("payload", ["", "7", "seven page-1", "7 page-1 more"])
def test_refuses_a_payload_of_another_format(payload: str) -> None:
    """An unknown payload is an error, so that no update goes to the wrong user."""
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        decode(payload)
