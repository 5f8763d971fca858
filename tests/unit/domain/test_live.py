"""What is said about a change, and to whom it is news."""

import pytest

from app.adapters.notifications import decode, encode
from app.domain.live import NO_PAGE, Author, coalesce, parse_page_id


@pytest.mark.parametrize("author", [Author(7, "page-1"), Author(7)], ids=["a page", "a program"])
def test_a_message_names_its_author(author: Author) -> None:
    """What one process says, another understands."""
    assert decode(encode(author)) == author


@pytest.mark.parametrize("message", ["", "7", "seven page-1", "7 page-1 more"])
def test_what_is_no_message_names_nobody(message: str) -> None:
    """Something else on the channel is an error, and no news for the wrong person."""
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        decode(message)


@pytest.mark.parametrize("text", ["page-1", "A", "0" * 36])
def test_a_page_names_itself(text: str) -> None:
    """Up to 36 letters, digits and dashes are a page's id."""
    assert parse_page_id(text) == text


@pytest.mark.parametrize("text", ["", "0" * 37, "page 1", "page\n", "pâge", "'; --"])
def test_what_is_no_name_is_none(text: str) -> None:
    """A malformed id is no error: its page is told of its own changes too."""
    assert parse_page_id(text) == NO_PAGE


def test_two_changes_of_one_page_are_one_piece_of_news() -> None:
    """The page itself may still leave it out."""
    assert coalesce("page-1", "page-1") == "page-1"


def test_the_first_change_is_news_as_it_is() -> None:
    """Where nothing waits, nothing is merged."""
    assert coalesce(None, "page-1") == "page-1"


@pytest.mark.parametrize("waiting", ["page-2", NO_PAGE])
def test_changes_of_several_pages_are_news_for_all(waiting: str) -> None:
    """Another's change does not hide behind a page's own."""
    assert coalesce(waiting, "page-1") == NO_PAGE
