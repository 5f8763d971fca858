"""Our statements that add and list todos, run by PostgreSQL."""

from datetime import date

import psycopg
import pytest
from psycopg.rows import TupleRow
from psycopg.sql import Composed

from app.adapters.todos import CHANGE_ALL, LIST, TodoRepository
from app.domain.errors import UnknownUserError
from app.domain.live import Author
from tests.support.factories import NOW

HIGHEST = 2**31 - 1
LOWEST = -(2**31)
ROWS_READ = """
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
    WHERE relid = 'todos'::regclass
"""


def test_returns_what_it_stored(todos: TodoRepository, ada_id: int) -> None:
    """What adding answers is what reading finds, among others."""
    todos.add(Author(ada_id), {"title": "another"}, NOW)

    added = todos.add(Author(ada_id), {"title": "Buy milk", "due": date(2026, 3, 1)}, NOW)

    assert todos.get(ada_id, added.id) == added


def test_fills_in_what_was_left_out(todos: TodoRepository, ada_id: int) -> None:
    """A todo with a title alone is open, first, without a date, and made now."""
    added = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    assert not added.completed
    assert added.order == 1
    assert added.due is None
    assert added.created_at == NOW
    assert added.updated_at == NOW


def test_orders_a_new_todo_last(todos: TodoRepository, ada_id: int) -> None:
    """Without an order a todo comes after the one with the highest."""
    todos.add(Author(ada_id), {"title": "high", "order": 41}, NOW)
    todos.add(Author(ada_id), {"title": "low", "order": 3}, NOW)

    last = todos.add(Author(ada_id), {"title": "last"}, NOW)

    assert last.order == 42


def test_orders_each_persons_list_apart(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Another person's highest order has no say."""
    todos.add(Author(bob_id), {"title": "bob's", "order": 41}, NOW)

    first = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    assert first.order == 1


def test_shares_the_highest_order(todos: TodoRepository, ada_id: int) -> None:
    """At the top of the range a new todo shares the order instead of failing."""
    todos.add(Author(ada_id), {"title": "top", "order": HIGHEST}, NOW)

    next_one = todos.add(Author(ada_id), {"title": "next"}, NOW)

    assert next_one.order == HIGHEST


@pytest.mark.parametrize("order", [LOWEST, -1, 0, HIGHEST])
def test_keeps_the_whole_range_of_orders(todos: TodoRepository, ada_id: int, order: int) -> None:
    """The bounds of 32 bits, and zero, are stored as given."""
    added = todos.add(Author(ada_id), {"title": "here", "order": order}, NOW)

    assert order == added.order


def test_lists_by_order_then_id(todos: TodoRepository, ada_id: int) -> None:
    """Equal orders stand in the order in which they were added."""
    titles_and_orders = [("third", 2), ("first", 1), ("fourth", 2), ("second", 1)]
    for title, order in titles_and_orders:
        todos.add(Author(ada_id), {"title": title, "order": order}, NOW)

    listed = todos.list(ada_id)

    assert [todo.title for todo in listed] == ["first", "second", "third", "fourth"]


@pytest.mark.parametrize("statement", [LIST, CHANGE_ALL], ids=["list", "change all"])
def test_sorts_equal_orders_itself(
    statement: Composed, db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int
) -> None:
    """Equal orders go by id even where no index gives them so, and the oldest was written last."""
    db.execute("TRUNCATE todos")
    orders = (2, 1, 1)
    ids = [todos.add(Author(ada_id), {"title": "x", "order": order}, NOW).id for order in orders]
    todos.change(Author(ada_id), ids[0], {"order": 1}, NOW)
    values = {"user_id": ada_id, "completed": False, "now": NOW, "message": ""}

    with db.transaction():
        db.execute("SET LOCAL enable_indexscan = off")
        rows = db.execute(statement, values).fetchall()

    assert [row[0] for row in rows] == ids


def test_reads_no_row_of_anyone_else(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, bob_id: int
) -> None:
    """An index leads to a person's todos, so a list costs what is in it and not what all have.

    In a table as small as this PostgreSQL would rather read all of it, hence the setting.
    """
    for owner in (ada_id, bob_id, bob_id):
        todos.add(Author(owner), {"title": "x"}, NOW)

    with db.transaction():
        db.execute("SET LOCAL enable_seqscan = off")
        [before] = db.execute(ROWS_READ).fetchone() or ()
        db.execute(LIST, {"user_id": ada_id, "completed": None})
        [after] = db.execute(ROWS_READ).fetchone() or ()

    assert after - before == 1


@pytest.mark.parametrize(("completed", "titles"), [(True, ["done"]), (False, ["open"])])
def test_lists_by_state(
    todos: TodoRepository, ada_id: int, *, completed: bool, titles: list[str]
) -> None:
    """The done ones or the open ones can be had alone."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    todos.add(Author(ada_id), {"title": "open"}, NOW)

    listed = todos.list(ada_id, completed=completed)

    assert [todo.title for todo in listed] == titles


def test_needs_an_owner(todos: TodoRepository) -> None:
    """A todo of an account that is not there is refused in the service's own words."""
    with pytest.raises(UnknownUserError):
        todos.add(Author(1), {"title": "nobody's"}, NOW)
