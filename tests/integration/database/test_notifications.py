"""Notifications: which statements about todos send one, with which payload, and when."""

from collections.abc import Callable, Iterator
from itertools import takewhile

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.adapters.notifications import TODOS_CHANGED, encode
from app.adapters.todos import ADD, TodoRepository
from app.domain.errors import ListFullError, UnknownUserError
from app.domain.live import Author
from tests.support.factories import NOW
from tests.support.waiting import HANG_SECONDS

UNKNOWN_ID = 2**62
END = "the end"
Write = Callable[[TodoRepository, Author, int], object]

# Each gets a list of two todos, one of them completed, and the id of the open one.
WRITES: dict[str, Write] = {
    "add": lambda todos, ada, _: todos.add(ada, {"title": "Buy bread"}, NOW),
    "change": lambda todos, ada, todo_id: todos.change(ada, todo_id, {"order": 3}, NOW),
    "change all": lambda todos, ada, _: todos.change_all(ada, completed=True, now=NOW),
    "delete": lambda todos, ada, todo_id: todos.delete(ada, todo_id),
    "delete all": lambda todos, ada, _: todos.delete_all(ada),
    "delete completed": lambda todos, ada, _: todos.delete_all(ada, completed=True),
}
# These are made by another user, whose list is empty.
NO_WRITES: dict[str, Write] = {
    "change another user's": lambda todos, bob, todo_id: todos.change(
        bob, todo_id, {"order": 3}, NOW
    ),
    "change an unknown id": lambda todos, bob, _: todos.change(bob, UNKNOWN_ID, {"order": 3}, NOW),
    "change an empty list": lambda todos, bob, _: todos.change_all(bob, completed=True, now=NOW),
    "delete another user's": lambda todos, bob, todo_id: todos.delete(bob, todo_id),
    "delete an unknown id": lambda todos, bob, _: todos.delete(bob, UNKNOWN_ID),
    "delete an empty list": lambda todos, bob, _: todos.delete_all(bob),
}


@pytest.fixture
def received(
    migrated_url: str, db: psycopg.Connection[TupleRow], todo_id: int
) -> Iterator[Callable[[], list[str]]]:
    """Collect the notifications that follow the set-up; the last one is the test's own."""
    assert todo_id
    with psycopg.connect(migrated_url, autocommit=True) as listener:
        listener.execute(f"LISTEN {TODOS_CHANGED}")

        def messages() -> list[str]:
            db.execute("SELECT pg_notify(%s, %s)", [TODOS_CHANGED, END])
            notifications = listener.notifies(timeout=HANG_SECONDS)
            sent = takewhile(lambda notification: notification.payload != END, notifications)
            return [notification.payload for notification in sent]

        yield messages


@pytest.fixture
def todo_id(todos: TodoRepository, ada_id: int) -> int:
    """Give Ada a completed todo and an open one, whose id this is."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    return todos.add(Author(ada_id), {"title": "open"}, NOW).id


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_notifies_once_of_each_write(
    write: Write,
    todos: TodoRepository,
    ada_id: int,
    todo_id: int,
    received: Callable[[], list[str]],
) -> None:
    """Each statement sends one notification with user and page, however many rows it writes."""
    write(todos, Author(ada_id, "page-1"), todo_id)

    assert received() == [f"{ada_id} page-1"]


@pytest.mark.parametrize("write", NO_WRITES.values(), ids=NO_WRITES)
def test_does_not_notify_when_no_row_was_written(
    write: Write,
    todos: TodoRepository,
    bob_id: int,
    todo_id: int,
    received: Callable[[], list[str]],
) -> None:
    """A statement that matches no row sends no notification."""
    write(todos, Author(bob_id, "page-1"), todo_id)

    assert received() == []


def test_does_not_notify_when_the_write_fails(
    todos: TodoRepository, received: Callable[[], list[str]]
) -> None:
    """A write that violates a constraint sends no notification."""
    with pytest.raises(UnknownUserError):
        todos.add(Author(UNKNOWN_ID, "page-1"), {"title": "Buy milk"}, NOW)

    assert received() == []


def test_does_not_notify_when_the_list_is_full(
    database: Database, ada_id: int, received: Callable[[], list[str]]
) -> None:
    """An addition that was refused changed nothing, so no page has anything to fetch."""
    with pytest.raises(ListFullError):
        TodoRepository(database, max_todos=1).add(Author(ada_id), {"title": "Buy milk"}, NOW)

    assert received() == []


def test_does_not_notify_of_a_rolled_back_write(
    ada_id: int, migrated_url: str, received: Callable[[], list[str]]
) -> None:
    """PostgreSQL sends a notification when its transaction commits, and not before."""
    values = {"title": "Buy milk", "completed": False, "order": None, "due": None, "now": NOW}
    values["max_todos"] = 1
    author = {"user_id": ada_id, "message": encode(Author(ada_id, "page-1"))}

    with psycopg.connect(migrated_url) as connection:
        connection.execute(ADD, values | author)
        connection.rollback()

    assert received() == []
