"""Page ids, and how several changes become one message."""

import pytest

from app.domain.live import NO_PAGE, coalesce, parse_page_id


@pytest.mark.parametrize("text", ["page-1", "A", "0" * 36])
def test_accepts_a_page_id(text: str) -> None:
    """A page id has up to 36 letters, digits and hyphens, so a UUID is one."""
    assert parse_page_id(text) == text


@pytest.mark.parametrize("text", ["", "0" * 37, "page 1", "page\n", "pâge", "'; --"])
def test_ignores_a_malformed_page_id(text: str) -> None:
    """It is no error: such a page only gets messages about its own changes too."""
    assert parse_page_id(text) == NO_PAGE


def test_two_changes_by_one_page_keep_its_id() -> None:
    """That page may ignore the message, since it made both changes."""
    assert coalesce("page-1", "page-1") == "page-1"


def test_the_first_change_keeps_its_page_id() -> None:
    """With no message waiting, there is nothing to coalesce."""
    assert coalesce(None, "page-1") == "page-1"


@pytest.mark.parametrize("waiting", ["page-2", NO_PAGE])
def test_changes_by_several_pages_name_none_of_them(waiting: str) -> None:
    """If the message named one of them, that page would ignore the change of the other."""
    assert coalesce(waiting, "page-1") == NO_PAGE
