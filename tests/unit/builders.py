"""What tests need but do not care about."""

from typing import Any

from app.domain.accounts import Credentials, User
from app.domain.todos import Todo
from tests.builders import NOW

SITE_URL = "http://localhost"
USER_ID = 7

TODO: dict[str, Any] = {
    "id": 1,
    "title": "Buy milk",
    "completed": False,
    "order": 1,
    "due": None,
    "created_at": NOW,
    "updated_at": NOW,
}


def a_todo(**fields: object) -> Todo:
    """Return a todo of which only the named fields matter."""
    return Todo(**(TODO | fields))


def a_user(email: str = "ada@example.org") -> User:
    """Return the user that tokens speak for."""
    return User(USER_ID, email, NOW)


def credentials(password_hash: str = "the stored hash") -> Credentials:
    """Return what sign-in finds for a known e-mail."""
    return Credentials(a_user(), password_hash)
