"""What the API asks of the outside world: the seams, where test doubles go.

An adapter inherits from the port that it fills, so each method is described here, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from app.domain.accounts import Credentials, User
from app.domain.limits import Count, Limit
from app.domain.live import Author
from app.domain.todos import NewTodo, Todo, TodoChanges


class UserStore(Protocol):
    """Keeps accounts. Every method raises StorageUnavailableError."""

    def add(self, email: str, password_hash: str, now: datetime) -> User:
        """Add an account; raises EmailTakenError."""

    def find(self, email: str) -> Credentials | None:
        """Return what sign-in needs of the account with this canonical e-mail."""

    def get(self, user_id: int) -> User | None:
        """Return the account; None if it does not exist."""


class TodoStore(Protocol):
    """Keeps each user's todos, and tells the author's open pages about every change.

    Every method raises StorageUnavailableError; a write may nevertheless have been made.
    """

    def list(self, user_id: int, *, completed: bool | None = None) -> Sequence[Todo]:
        """Return the user's todos, or only the completed or open ones, by order, then id."""

    def add(self, author: Author, new: NewTodo, now: datetime) -> Todo:
        """Add a todo; raises UnknownUserError, and ListFullError if the user has too many."""

    def get(self, user_id: int, todo_id: int) -> Todo | None:
        """Return the todo; None if it does not exist or is not the user's."""

    def change(
        self, author: Author, todo_id: int, changes: TodoChanges, now: datetime
    ) -> Todo | None:
        """Change the named fields; None if the todo does not exist or is not the user's."""

    def change_all(self, author: Author, *, completed: bool, now: datetime) -> Sequence[Todo]:
        """Mark all of the user's todos as completed or open and return them."""

    def delete(self, author: Author, todo_id: int) -> bool:
        """Delete the todo; False if it does not exist or is not the user's."""

    def delete_all(self, author: Author, *, completed: bool | None = None) -> None:
        """Delete the user's todos, or only the completed or open ones.

        A list of thousands is deleted in several steps. After an error the steps before it stay.
        """


class AttemptStore(Protocol):
    """Counts attempts by key, in one place for all processes."""

    def count(self, limits: Sequence[Limit], now: datetime) -> Sequence[Count]:
        """Count one more attempt for each limit and return the counts.

        If a limit is reached, nothing is stored, and only the counts of such limits are returned.
        """

    def undo(self, keys: Sequence[str]) -> None:
        """Subtract one attempt from each key's count."""

    def delete_expired(self, now: datetime) -> None:
        """Delete counts whose window is over."""


class Breaches(Protocol):
    """Knows which passwords are public."""

    def contain(self, password: str) -> bool:
        """Return whether the password is known; False if that cannot be found out in time."""


class Passwords(Protocol):
    """Hashes passwords slowly. Every method raises BusyError."""

    def hash(self, password: str) -> str:
        """Return a salted hash in PHC form."""

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Return whether they match; None for a hash takes the same time and never matches."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: whose it is, its id for the log, and when it expires."""

    user_id: int
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A signed token, its id for the log, and its lifetime in seconds."""

    text: str
    token_id: str
    expires_in: int


class Tokens(Protocol):
    """Issues and reads signed tokens."""

    def issue(self, user_id: int) -> IssuedToken:
        """Return a new token for the user."""

    def read(self, text: str) -> Claims:
        """Check the token and return its claims; raises InvalidTokenError."""


class CloseReason(Enum):
    """Why the connection of an open page has to end."""

    SIGNED_OUT = auto()
    SHUTTING_DOWN = auto()


class Mailbox(Protocol):
    """Where a message for one open page waits."""

    @property
    def close_reason(self) -> CloseReason | None:
        """Why the page's connection has to end; None while it may stay."""

    def take(self, seconds: float) -> str | None:
        """Return the id of the page that made a change; None if there is none within `seconds`."""


class LiveUpdates(Protocol):
    """Knows the open pages of this process."""

    def join(self, author: Author) -> Mailbox:
        """Return the mailbox of a page that was opened.

        Raises BusyError at the limit of the process, TooManyPagesError at that of the account.
        """

    def leave(self, author: Author, mailbox: Mailbox) -> None:
        """Forget a page that is gone."""

    def sign_out(self, author: Author) -> None:
        """End the page's connection to whichever process; raises StorageUnavailableError."""


class Health(Protocol):
    """Knows whether the storage answers."""

    def check(self) -> None:
        """Return if the storage answers; raises StorageUnavailableError."""
