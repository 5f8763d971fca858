"""What the HTTP layer asks of the outside world: the seams, where test doubles go.

An adapter fits a port by its methods' shape; the type checker compares them in `create_app`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.accounts import Credentials, User
from app.domain.limits import Count
from app.domain.live import Author
from app.domain.todos import NewTodo, Todo, TodoChanges


class UserStore(Protocol):
    """Keeps accounts. Every method raises StorageUnavailableError."""

    def add(self, email: str, password_hash: str, now: datetime) -> User:
        """Add an account; raises EmailTakenError."""
        ...

    def find(self, email: str) -> Credentials | None:
        """Return what sign-in needs of the account with this canonical e-mail."""
        ...

    def get(self, user_id: int) -> User | None:
        """Return the account, if it is there."""
        ...


class TodoStore(Protocol):
    """Keeps todos, each user's apart, and tells the author's open pages of every change.

    Every method raises StorageUnavailableError; a write may have been made all the same.
    """

    def list(self, user_id: int, *, completed: bool | None = None) -> Sequence[Todo]:
        """Return the user's todos, or the done or open ones alone, by order, then id."""
        ...

    def add(self, author: Author, new: NewTodo, now: datetime) -> Todo:
        """Add a todo; raises UnknownUserError."""
        ...

    def get(self, user_id: int, todo_id: int) -> Todo | None:
        """Return the todo if it is there and the user's."""
        ...

    def change(
        self, author: Author, todo_id: int, changes: TodoChanges, now: datetime
    ) -> Todo | None:
        """Change the named fields; None if the todo is not there or not the user's."""
        ...

    def change_all(self, author: Author, *, completed: bool, now: datetime) -> Sequence[Todo]:
        """Mark all of the user's todos as done or open and return them."""
        ...

    def delete(self, author: Author, todo_id: int) -> bool:
        """Delete the todo; False if it is not there or not the user's."""
        ...

    def delete_all(self, author: Author, *, completed: bool | None = None) -> None:
        """Delete the user's todos, or the done or open ones alone."""
        ...


class AttemptStore(Protocol):
    """Counts attempts by key, in one place for all processes."""

    def count(self, keys: Sequence[str], now: datetime) -> Sequence[Count]:
        """Count one more attempt for each key and return the counts."""
        ...

    def forgive(self, keys: Sequence[str]) -> None:
        """Take one attempt off each key's count."""
        ...

    def forget_expired(self, now: datetime) -> None:
        """Delete counts whose window is over."""
        ...


class Breaches(Protocol):
    """Knows which passwords are public."""

    def contain(self, password: str) -> bool:
        """Say whether the password is a known one; False when that cannot be found out in time."""
        ...


class Passwords(Protocol):
    """Hashes passwords slowly. Every method raises BusyError."""

    def hash(self, password: str) -> str:
        """Return a salted hash in PHC form."""
        ...

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; None for a hash costs the same time and is always False."""
        ...


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: whose it is, its own id for the log, and when it expires."""

    user_id: int
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A signed token and its lifetime in seconds."""

    text: str
    expires_in: int


class Tokens(Protocol):
    """Issues and reads signed tokens."""

    def issue(self, user_id: int) -> IssuedToken:
        """Return a new token for the user."""
        ...

    def read(self, text: str) -> Claims:
        """Check the token and return its claims; raises InvalidTokenError."""
        ...


class Mailbox(Protocol):
    """Where news for one open page waits."""

    @property
    def close_code(self) -> int | None:
        """The WebSocket close code (RFC 6455, section 7.4) when the page shall go, else None."""
        ...

    def take(self, seconds: float) -> str | None:
        """Wait so long at most; return the id of the page that changed something, or None."""
        ...


class LiveUpdates(Protocol):
    """Knows the open pages of this process."""

    def join(self, author: Author) -> Mailbox:
        """Return the mailbox of a page that was opened; raises BusyError at the limit."""
        ...

    def leave(self, author: Author, mailbox: Mailbox) -> None:
        """Forget a page that is gone."""
        ...

    def sign_out(self, author: Author) -> None:
        """Let the page go, whichever process it is connected to; raises StorageUnavailableError."""
        ...


class Health(Protocol):
    """Knows whether the storage answers."""

    def check(self) -> None:
        """Return when it does; raises StorageUnavailableError."""
        ...
