"""What our statements about todos tell PostgreSQL's listeners, and when."""

from collections.abc import Callable, Iterator
from itertools import takewhile

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.notifications import TODOS_CHANGED, encode
from app.adapters.todos import ADD, TodoRepository
from app.domain.errors import UnknownUserError
from app.domain.live import Author
from tests.support.factories import NOW

NOTHING = 2**62
END = "the end"
Write = Callable[[TodoRepository, Author, int], object]

# Each is given a list of two todos, one of them done, and the id of the open one.
WRITES: dict[str, Write] = {
    "add": lambda todos, ada, _: todos.add(ada, {"title": "Buy bread"}, NOW),
    "change": lambda todos, ada, todo_id: todos.change(ada, todo_id, {"order": 3}, NOW),
    "change all": lambda todos, ada, _: todos.change_all(ada, completed=True, now=NOW),
    "delete": lambda todos, ada, todo_id: todos.delete(ada, todo_id),
    "delete all": lambda todos, ada, _: todos.delete_all(ada),
    "delete the done": lambda todos, ada, _: todos.delete_all(ada, completed=True),
}
# These are by somebody else, whose list is empty.
NO_WRITES: dict[str, Write] = {
    "change a stranger's": lambda todos, bob, todo_id: todos.change(
        bob, todo_id, {"order": 3}, NOW
    ),
    "change nothing": lambda todos, bob, _: todos.change(bob, NOTHING, {"order": 3}, NOW),
    "change an empty list": lambda todos, bob, _: todos.change_all(bob, completed=True, now=NOW),
    "delete a stranger's": lambda todos, bob, todo_id: todos.delete(bob, todo_id),
    "delete nothing": lambda todos, bob, _: todos.delete(bob, NOTHING),
    "delete an empty list": lambda todos, bob, _: todos.delete_all(bob),
}


@pytest.fixture
def heard(
    migrated_url: str, db: psycopg.Connection[TupleRow], todo_id: int
) -> Iterator[Callable[[], list[str]]]:
    """Return what yields the messages since the todos were there, in PostgreSQL's order."""
    assert todo_id
    with psycopg.connect(migrated_url, autocommit=True) as listener:
        listener.execute(f"LISTEN {TODOS_CHANGED}")

        def messages() -> list[str]:
            db.execute("SELECT pg_notify(%s, %s)", [TODOS_CHANGED, END])
            heard = takewhile(lambda news: news.payload != END, listener.notifies(timeout=5))
            return [news.payload for news in heard]

        yield messages


@pytest.fixture
def todo_id(todos: TodoRepository, ada_id: int) -> int:
    """Return the id of Ada's open todo; she has one more, which is done."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    return todos.add(Author(ada_id), {"title": "open"}, NOW).id


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_tells_once_who_wrote(
    write: Write, todos: TodoRepository, ada_id: int, todo_id: int, heard: Callable[[], list[str]]
) -> None:
    """Each writing statement names its user and page once, however many rows it writes."""
    write(todos, Author(ada_id, "page-1"), todo_id)

    assert heard() == [f"{ada_id} page-1"]


@pytest.mark.parametrize("write", NO_WRITES.values(), ids=NO_WRITES)
def test_tells_nothing_when_nothing_was_written(
    write: Write, todos: TodoRepository, bob_id: int, todo_id: int, heard: Callable[[], list[str]]
) -> None:
    """A statement that finds no row to write is no news."""
    write(todos, Author(bob_id, "page-1"), todo_id)

    assert heard() == []


def test_tells_nothing_when_the_write_fails(
    todos: TodoRepository, heard: Callable[[], list[str]]
) -> None:
    """What a constraint refuses was never written, and is no news."""
    with pytest.raises(UnknownUserError):
        todos.add(Author(NOTHING, "page-1"), {"title": "nobody's"}, NOW)

    assert heard() == []


def test_tells_nothing_of_what_was_rolled_back(
    ada_id: int, migrated_url: str, heard: Callable[[], list[str]]
) -> None:
    """The news is part of the transaction: undone before it is committed, it never was."""
    values = {"title": "Buy milk", "completed": False, "order": None, "due": None, "now": NOW}
    author = {"user_id": ada_id, "message": encode(Author(ada_id, "page-1"))}

    with psycopg.connect(migrated_url) as connection:
        connection.execute(ADD, values | author)
        connection.rollback()

    assert heard() == []
