"""What the service would never write, the database itself refuses."""

import psycopg
import pytest
from psycopg.errors import (
    CheckViolation,
    GeneratedAlways,
    NotNullViolation,
    NumericValueOutOfRange,
    UniqueViolation,
)
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

ROWS = """
    INSERT INTO users (email, password_hash, created_at) VALUES ('a@b.co', 'hash', now());
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    SELECT id, 'Buy milk', false, 1, now(), now() FROM users;
    INSERT INTO attempts (key, attempts, started_at) VALUES ('sign-up 192.0.2.1', 1, now());
"""
# All columns but the keys, which have tests of their own, and a todo's date.
REQUIRED = [
    "users.email",
    "users.password_hash",
    "users.created_at",
    "todos.user_id",
    "todos.title",
    "todos.completed",
    "todos.order",
    "todos.created_at",
    "todos.updated_at",
    "attempts.attempts",
    "attempts.started_at",
]


@pytest.fixture(autouse=True)
def _rows(db: psycopg.Connection[TupleRow], _empty_database: None) -> None:
    """Begin with one row in each table."""
    db.execute(ROWS)


@pytest.mark.parametrize("column", REQUIRED)
def test_refuses_a_row_without_a_value(db: psycopg.Connection[TupleRow], column: str) -> None:
    """A row that lacks what the service counts on cannot be stored."""
    table, name = column.split(".")
    update = SQL("UPDATE {} SET {} = NULL").format(Identifier(table), Identifier(name))

    with pytest.raises(NotNullViolation):
        db.execute(update)


@pytest.mark.parametrize("table", ["users", "todos", "attempts"])
def test_refuses_a_key_twice(db: psycopg.Connection[TupleRow], table: str) -> None:
    """Each row can be told from all others by its key."""
    copy = SQL("INSERT INTO {0} OVERRIDING SYSTEM VALUE TABLE {0}").format(Identifier(table))

    with pytest.raises(UniqueViolation, match=f"{table}_pkey"):
        db.execute(copy)


@pytest.mark.parametrize("table", ["users", "todos"])
def test_gives_ids_itself(db: psycopg.Connection[TupleRow], table: str) -> None:
    """No statement chooses an id, so none that was given meets one that was chosen."""
    with pytest.raises(GeneratedAlways):
        db.execute(SQL("UPDATE {} SET id = 1").format(Identifier(table)))


@pytest.mark.parametrize("title", ["", "x" * 201], ids=["empty", "201 characters"])
def test_refuses_a_title_of_the_wrong_length(db: psycopg.Connection[TupleRow], title: str) -> None:
    """A title has 1 to 200 characters."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE todos SET title = %s", [title])


@pytest.mark.parametrize("title", ["x", "\N{GRINNING FACE}" * 200], ids=["one", "200 characters"])
def test_counts_characters_of_a_title(db: psycopg.Connection[TupleRow], title: str) -> None:
    """The length of a title is in characters, however many bytes they take."""
    updated = db.execute("UPDATE todos SET title = %s", [title])

    assert updated.rowcount == 1


def test_refuses_an_order_beyond_32_bits(db: psycopg.Connection[TupleRow]) -> None:
    """An order is a number that every client can read exactly."""
    with pytest.raises(NumericValueOutOfRange):
        db.execute('UPDATE todos SET "order" = 2147483648')


def test_refuses_an_email_in_capitals(db: psycopg.Connection[TupleRow]) -> None:
    """An e-mail that is not in its canonical form could be taken twice."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE users SET email = 'A@b.co'")


def test_refuses_fewer_attempts_than_none(db: psycopg.Connection[TupleRow]) -> None:
    """A count below zero would allow more than the limit."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE attempts SET attempts = -1")


def test_deletes_the_todos_of_a_deleted_account(db: psycopg.Connection[TupleRow]) -> None:
    """With an account its todos go."""
    db.execute("DELETE FROM users")

    assert db.execute("SELECT count(*) FROM todos").fetchone() == (0,)
