"""What is said when a person's todos have changed, and to which of the open pages.

A message names the person and the page that wrote, nothing else: pages fetch the list anew, so
neither the order of messages nor PostgreSQL's limit of 8,000 bytes matters.
"""

import re
from dataclasses import dataclass
from typing import Self

# Written by no page, or by more than one.
NO_PAGE = ""
PAGE_ID = re.compile(r"[A-Za-z0-9-]{1,36}")


@dataclass(frozen=True, slots=True)
class Author:
    """By whom a change is made: a user, and the page if it gave itself an id."""

    user_id: int
    page_id: str = NO_PAGE

    def to_message(self) -> str:
        """Return the message that this author's changes send."""
        return f"{self.user_id} {self.page_id}"

    @classmethod
    def from_message(cls, message: str) -> Self:
        """Return the author of the change that a message tells of; raises ValueError."""
        user_id, page_id = message.split(" ")
        return cls(int(user_id), page_id)


def page_id_from(text: str) -> str:
    """Return the id that a page gave itself, or NO_PAGE for what is none."""
    return text if PAGE_ID.fullmatch(text) else NO_PAGE


def merged(waiting: str | None, arriving: str) -> str:
    """Return whose change one message tells of that stands for two: one page's or NO_PAGE.

    A page leaves out the news of its own changes, so a stranger's must not hide behind them.
    """
    return arriving if waiting in {None, arriving} else NO_PAGE
