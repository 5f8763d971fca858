"""Our statements that add and list todos, run by PostgreSQL."""

from datetime import date

import psycopg
import pytest
from psycopg.rows import TupleRow
from psycopg.sql import Composed

from app.adapters.todos import CHANGE_ALL, LIST, Todos
from app.domain.errors import UnknownUserError
from app.domain.live import Author
from tests.builders import NOW

HIGHEST = 2**31 - 1
LOWEST = -(2**31)
ROWS_READ = """
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
    WHERE relid = 'todos'::regclass
"""


def test_returns_what_it_stored(todos: Todos, ada_id: int) -> None:
    """What adding answers is what reading finds, among others."""
    todos.add(Author(ada_id), {"title": "another"}, NOW)

    added = todos.add(Author(ada_id), {"title": "Buy milk", "due": date(2026, 3, 1)}, NOW)

    assert added == todos.get(ada_id, added.id)


def test_fills_in_what_was_left_out(todos: Todos, ada_id: int) -> None:
    """A todo with a title alone is open, first, without a date, and made now."""
    added = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    assert (False, 1, None, NOW, NOW) == (
        added.completed,
        added.order,
        added.due,
        added.created_at,
        added.updated_at,
    )


def test_orders_a_new_todo_last(todos: Todos, ada_id: int) -> None:
    """Without an order a todo comes after the one with the highest."""
    todos.add(Author(ada_id), {"title": "high", "order": 41}, NOW)
    todos.add(Author(ada_id), {"title": "low", "order": 3}, NOW)

    last = todos.add(Author(ada_id), {"title": "last"}, NOW)

    assert 42 == last.order


def test_orders_each_persons_list_apart(todos: Todos, ada_id: int, bob_id: int) -> None:
    """Another person's highest order has no say."""
    todos.add(Author(bob_id), {"title": "bob's", "order": 41}, NOW)

    first = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    assert 1 == first.order


def test_shares_the_highest_order(todos: Todos, ada_id: int) -> None:
    """At the top of the range a new todo shares the order instead of failing."""
    todos.add(Author(ada_id), {"title": "top", "order": HIGHEST}, NOW)

    next_one = todos.add(Author(ada_id), {"title": "next"}, NOW)

    assert HIGHEST == next_one.order


@pytest.mark.parametrize("order", [LOWEST, -1, 0, HIGHEST])
def test_keeps_the_whole_range_of_orders(todos: Todos, ada_id: int, order: int) -> None:
    """The bounds of 32 bits, and zero, are stored as given."""
    added = todos.add(Author(ada_id), {"title": "here", "order": order}, NOW)

    assert added.order == order


def test_lists_by_order_then_id(todos: Todos, ada_id: int) -> None:
    """Equal orders stand in the order in which they were added."""
    titles_and_orders = [("third", 2), ("first", 1), ("fourth", 2), ("second", 1)]
    for title, order in titles_and_orders:
        todos.add(Author(ada_id), {"title": title, "order": order}, NOW)

    listed = todos.list(ada_id)

    assert ["first", "second", "third", "fourth"] == [todo.title for todo in listed]


@pytest.mark.parametrize("statement", [LIST, CHANGE_ALL], ids=["list", "change all"])
def test_sorts_equal_orders_itself(
    statement: Composed, sql: psycopg.Connection[TupleRow], todos: Todos, ada_id: int
) -> None:
    """Equal orders go by id even where no index gives them so, and the oldest was written last."""
    sql.execute("TRUNCATE todos")
    orders = (2, 1, 1)
    ids = [todos.add(Author(ada_id), {"title": "x", "order": order}, NOW).id for order in orders]
    todos.change(Author(ada_id), ids[0], {"order": 1}, NOW)
    values = {"user_id": ada_id, "completed": False, "now": NOW, "message": ""}

    with sql.transaction():
        sql.execute("SET LOCAL enable_indexscan = off")
        rows = sql.execute(statement, values).fetchall()

    assert ids == [row[0] for row in rows]


def test_reads_no_row_of_anyone_else(
    sql: psycopg.Connection[TupleRow], todos: Todos, ada_id: int, bob_id: int
) -> None:
    """An index leads to a person's todos, so a list costs what is in it and not what all have.

    In a table as small as this PostgreSQL would rather read all of it, hence the setting.
    """
    for owner in (ada_id, bob_id, bob_id):
        todos.add(Author(owner), {"title": "x"}, NOW)

    with sql.transaction():
        sql.execute("SET LOCAL enable_seqscan = off")
        [before] = sql.execute(ROWS_READ).fetchone() or ()
        sql.execute(LIST, {"user_id": ada_id, "completed": None})
        [after] = sql.execute(ROWS_READ).fetchone() or ()

    assert 1 == after - before


@pytest.mark.parametrize(("completed", "titles"), [(True, ["done"]), (False, ["open"])])
def test_lists_by_state(todos: Todos, ada_id: int, *, completed: bool, titles: list[str]) -> None:
    """The done ones or the open ones can be had alone."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    todos.add(Author(ada_id), {"title": "open"}, NOW)

    listed = todos.list(ada_id, completed=completed)

    assert titles == [todo.title for todo in listed]


def test_needs_an_owner(todos: Todos) -> None:
    """A todo of an account that is not there is refused in the service's own words."""
    with pytest.raises(UnknownUserError):
        todos.add(Author(1), {"title": "nobody's"}, NOW)
