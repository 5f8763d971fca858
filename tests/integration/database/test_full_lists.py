"""TodoRepository on PostgreSQL: how many todos a user may have, and lists with more than that."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.adapters.todos import TodoRepository
from app.domain.errors import ListFullError, StorageUnavailableError
from app.domain.live import Author
from tests.support.factories import NOW

# A list as it could become before there was a limit, with more todos than one statement deletes.
INSERT_MANY = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    SELECT %s, 'x', true, number, now(), now() FROM generate_series(1, 4001) AS number
"""


@pytest.fixture
def todos(database: Database) -> TodoRepository:
    """Allow each user two todos."""
    return TodoRepository(database, max_todos=2)


@pytest.fixture
def long_list(db: psycopg.Connection[TupleRow], ada_id: int) -> int:
    """Give Ada 4,001 completed todos and return how many they are."""
    return db.execute(INSERT_MANY, [ada_id]).rowcount


@pytest.fixture
def _last_is_locked(migrated_url: str, long_list: int) -> Iterator[None]:
    """Lock the last of these todos in another transaction."""
    with psycopg.connect(migrated_url) as other:
        other.execute('SELECT FROM todos WHERE "order" = %s FOR UPDATE', [long_list])
        yield


def test_refuses_a_todo_beyond_the_limit(todos: TodoRepository, ada_id: int) -> None:
    """A full list takes no further todo and stays as it is."""
    kept = [todos.add(Author(ada_id), {"title": title}, NOW) for title in ("first", "second")]

    with pytest.raises(ListFullError):
        todos.add(Author(ada_id), {"title": "third"}, NOW)

    assert todos.list(ada_id) == kept


def test_has_room_again_after_a_deletion(todos: TodoRepository, ada_id: int) -> None:
    """The todos that are there count, not those that have been added."""
    first, _ = (todos.add(Author(ada_id), {"title": title}, NOW) for title in ("first", "second"))
    todos.delete(Author(ada_id), first.id)

    todos.add(Author(ada_id), {"title": "third"}, NOW)

    assert [todo.title for todo in todos.list(ada_id)] == ["second", "third"]


def test_another_users_todos_take_no_room(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Each list has a limit of its own."""
    for title in ("first", "second"):
        todos.add(Author(bob_id), {"title": title}, NOW)

    todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    assert [todo.title for todo in todos.list(ada_id)] == ["ada's"]


def test_changes_a_list_beyond_the_limit(
    todos: TodoRepository, database: Database, ada_id: int
) -> None:
    """A limit that was lowered, or came later, stops additions alone."""
    for title in ("first", "second", "third"):
        TodoRepository(database, max_todos=3).add(Author(ada_id), {"title": title}, NOW)

    marked = todos.change_all(Author(ada_id), completed=True, now=NOW)

    assert [todo.title for todo in marked] == ["first", "second", "third"]


@pytest.mark.parametrize("completed", [None, True])
@pytest.mark.usefixtures("long_list")
def test_deletes_a_list_beyond_the_limit(
    todos: TodoRepository, ada_id: int, *, completed: bool | None
) -> None:
    """However many todos there are, all that were meant are gone."""
    todos.delete_all(Author(ada_id), completed=completed)

    assert todos.list(ada_id) == []


@pytest.mark.usefixtures("_last_is_locked")
def test_keeps_what_it_has_deleted_when_it_fails(
    todos: TodoRepository, ada_id: int, long_list: int
) -> None:
    """A long list is deleted in steps, so a second request has less to do than the first.

    A single statement would begin anew each time, and never end in time.
    """
    with pytest.raises(StorageUnavailableError):
        todos.delete_all(Author(ada_id))

    assert 0 < len(todos.list(ada_id)) < long_list
