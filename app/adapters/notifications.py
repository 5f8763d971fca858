"""The messages by which PostgreSQL tells every process what happened: channels and payloads.

A payload names the user and the page that made the change, and nothing else: pages fetch the list
again, so neither the order of messages nor PostgreSQL's limit of 8,000 bytes matters.
"""

from app.domain.live import Author

TODOS_CHANGED = "todos_changed"
SIGNED_OUT = "signed_out"


def encode(author: Author) -> str:
    """Return the payload that announces a change by this author."""
    return f"{author.user_id} {author.page_id}"


def decode(payload: str) -> Author:
    """Return the author of the change that a payload announces; raises ValueError."""
    user_id, page_id = payload.split(" ")
    return Author(int(user_id), page_id)
