"""Which of a person's open pages has to be told of a change."""

import re
from dataclasses import dataclass

# The change was made by no page, or by more than one.
NO_PAGE = ""
PAGE_ID = re.compile(r"[A-Za-z0-9-]{1,36}")


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change: a user, and the open page if it gave itself an id."""

    user_id: int
    page_id: str = NO_PAGE


def parse_page_id(text: str) -> str:
    """Return the id that a page gave itself, or NO_PAGE if the text is not a valid id."""
    return text if PAGE_ID.fullmatch(text) else NO_PAGE


def coalesce(waiting: str | None, arriving: str) -> str:
    """Return the page id of one message that stands for two: that of their only page, or NO_PAGE.

    A page ignores messages about its own changes, so another page's change must never be
    announced under its id.
    """
    return arriving if waiting in {None, arriving} else NO_PAGE
