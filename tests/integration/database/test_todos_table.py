"""TodoRepository on PostgreSQL: adding and listing todos."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.adapters.migrations import migrate
from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.domain.errors import UnknownUserError
from app.domain.live import Author
from app.domain.todos import Todo
from tests.support.factories import NOW, make_email

Read = Callable[[TodoRepository, Author], Sequence[Todo]]

MAX_ORDER = 2**31 - 1
MIN_ORDER = -(2**31)
ROWS_READ = (
    "SELECT seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_user_tables WHERE relname = 'todos'"
)
INSERT_MANY = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    SELECT %(user_id)s, 'x', false, number, now(), now() FROM generate_series(1, 5000) AS number
"""


def test_returns_what_it_stored(todos: TodoRepository, ada_id: int) -> None:
    """The todo that `add` returns is the one that `get` finds."""
    todos.add(Author(ada_id), {"title": "another"}, NOW)

    added = todos.add(Author(ada_id), {"title": "Buy milk", "due": date(2026, 3, 1)}, NOW)

    assert todos.get(ada_id, added.id) == added


def test_fills_in_defaults(todos: TodoRepository, ada_id: int) -> None:
    """A todo of which only the title is given is open, first in the list and has no date."""
    added = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    assert not added.completed
    assert added.order == 1
    assert added.due is None
    assert added.created_at == NOW
    assert added.updated_at == NOW


def test_orders_a_new_todo_last(todos: TodoRepository, ada_id: int) -> None:
    """Without an order a todo comes after the one with the highest order."""
    todos.add(Author(ada_id), {"title": "high", "order": 41}, NOW)
    todos.add(Author(ada_id), {"title": "low", "order": 3}, NOW)

    last = todos.add(Author(ada_id), {"title": "last"}, NOW)

    assert last.order == 42


def test_orders_each_users_list_separately(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """The highest order of another user's todos does not count."""
    todos.add(Author(bob_id), {"title": "bob's", "order": 41}, NOW)

    first = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    assert first.order == 1


def test_shares_the_maximum_order(todos: TodoRepository, ada_id: int) -> None:
    """At the maximum of the column a new todo gets the same order instead of an error."""
    todos.add(Author(ada_id), {"title": "top", "order": MAX_ORDER}, NOW)

    next_one = todos.add(Author(ada_id), {"title": "next"}, NOW)

    assert next_one.order == MAX_ORDER


@pytest.mark.parametrize("order", [MIN_ORDER, -1, 0, MAX_ORDER])
def test_stores_every_order_of_32_bits(todos: TodoRepository, ada_id: int, order: int) -> None:
    """The column is a 32-bit integer, and its limits are those of the API."""
    added = todos.add(Author(ada_id), {"title": "here", "order": order}, NOW)

    assert added.order == order


def test_lists_by_order_then_id(todos: TodoRepository, ada_id: int) -> None:
    """Todos with equal orders are listed by id, so in the order in which they were added."""
    titles_and_orders = [("third", 2), ("first", 1), ("fourth", 2), ("second", 1)]
    for title, order in titles_and_orders:
        todos.add(Author(ada_id), {"title": title, "order": order}, NOW)

    listed = todos.list(ada_id)

    assert [todo.title for todo in listed] == ["first", "second", "third", "fourth"]


@pytest.mark.parametrize(
    "read",
    [
        lambda todos, ada: todos.list(ada.user_id),
        lambda todos, ada: todos.change_all(ada, completed=True, now=NOW),
    ],
    ids=["list", "change all"],
)
def test_sorts_equal_orders_by_id(
    read: Read, todos: TodoRepository, ada_id: int, db: psycopg.Connection[TupleRow]
) -> None:
    """A changed row is stored behind the others, and equal orders are sorted by id all the same.

    VACUUM ANALYZE tells PostgreSQL that the table is small, so that it reads it without an index.
    """
    ids = [todos.add(Author(ada_id), {"title": "x", "order": n}, NOW).id for n in (2, 1, 1)]
    todos.change(Author(ada_id), ids[0], {"order": 1}, NOW)
    db.execute("VACUUM ANALYZE todos")

    found = read(todos, Author(ada_id))

    assert [todo.id for todo in found] == ids


@pytest.mark.parametrize(("completed", "titles"), [(True, ["done"]), (False, ["open"])])
def test_lists_by_state(
    todos: TodoRepository, ada_id: int, *, completed: bool, titles: list[str]
) -> None:
    """Without a state all todos are listed; with one, only the completed or the open ones."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    todos.add(Author(ada_id), {"title": "open"}, NOW)

    listed = todos.list(ada_id, completed=completed)

    assert [todo.title for todo in listed] == titles


def test_refuses_an_unknown_owner(todos: TodoRepository) -> None:
    """The foreign key's error becomes UnknownUserError."""
    with pytest.raises(UnknownUserError):
        todos.add(Author(1), {"title": "Buy milk"}, NOW)


@pytest.fixture
def measured_database(empty_url: str) -> Iterator[Database]:
    """Make a database of the test's own: PostgreSQL counts what all sessions of one read."""
    migrate(empty_url)
    with closing(Database(empty_url)) as database:
        # A pool that is used before its first connection is open opens a second one.
        database._pool.wait()  # noqa: SLF001 -- the service has no use for waiting
        yield database


def rows_read(database: Database) -> int:
    """Return how many rows of todos this session has read so far, from the table or an index."""
    database.run("SELECT pg_stat_force_next_flush()", {})
    [row] = database.run(ROWS_READ, {})
    return int(row["rows"])


def test_reads_no_row_of_another_user(measured_database: Database) -> None:
    """An index leads to a user's todos, so listing costs no more when other users have many."""
    users = UserRepository(measured_database)
    ada, bob = (users.add(make_email(), "hash", NOW) for _ in range(2))
    measured_database.run(INSERT_MANY, {"user_id": bob.id})
    todos = TodoRepository(measured_database, max_todos=1000)
    todos.add(Author(ada.id), {"title": "x"}, NOW)
    before = rows_read(measured_database)

    todos.list(ada.id)

    assert rows_read(measured_database) - before == 1
