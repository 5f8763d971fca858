"""Constraints: the database itself refuses what the service must never write."""

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
# All columns but the keys, which have tests of their own, and a todo's date, which may be null.
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
def _rows(db: psycopg.Connection[TupleRow], _empty_tables: None) -> None:
    """Insert one row into each table."""
    db.execute(ROWS)


@pytest.mark.parametrize("column", REQUIRED)
def test_refuses_null(db: psycopg.Connection[TupleRow], column: str) -> None:
    """The service relies on a value in each of these columns."""
    table, name = column.split(".")
    update = SQL("UPDATE {} SET {} = NULL").format(Identifier(table), Identifier(name))

    with pytest.raises(NotNullViolation):
        db.execute(update)


@pytest.mark.parametrize("table", ["users", "todos", "attempts"])
def test_refuses_a_duplicate_key(db: psycopg.Connection[TupleRow], table: str) -> None:
    """Each table has a primary key."""
    copy = SQL("INSERT INTO {0} OVERRIDING SYSTEM VALUE TABLE {0}").format(Identifier(table))

    with pytest.raises(UniqueViolation, match=f"{table}_pkey"):
        db.execute(copy)


@pytest.mark.parametrize("table", ["users", "todos"])
def test_generates_ids_itself(db: psycopg.Connection[TupleRow], table: str) -> None:
    """No statement can choose an id, which a generated one might collide with later."""
    with pytest.raises(GeneratedAlways):
        db.execute(SQL("UPDATE {} SET id = 1").format(Identifier(table)))


@pytest.mark.parametrize("title", ["", "x" * 201], ids=["empty", "201 characters"])
def test_refuses_a_title_of_the_wrong_length(db: psycopg.Connection[TupleRow], title: str) -> None:
    """The limits of the title are those of its JSON Schema."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE todos SET title = %s", [title])


@pytest.mark.parametrize("title", ["x", "\N{GRINNING FACE}" * 200], ids=["one", "200 characters"])
def test_counts_the_characters_of_a_title(db: psycopg.Connection[TupleRow], title: str) -> None:
    """200 characters are accepted, however many bytes they take."""
    updated = db.execute("UPDATE todos SET title = %s", [title])

    assert updated.rowcount == 1


def test_refuses_an_order_beyond_32_bits(db: psycopg.Connection[TupleRow]) -> None:
    """JavaScript reads every 32-bit integer exactly."""
    with pytest.raises(NumericValueOutOfRange):
        db.execute('UPDATE todos SET "order" = 2147483648')


def test_refuses_an_email_in_capitals(db: psycopg.Connection[TupleRow]) -> None:
    """E-mails are stored in lower case, or one address could have two accounts."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE users SET email = 'A@b.co'")


def test_refuses_a_negative_count(db: psycopg.Connection[TupleRow]) -> None:
    """A count below zero would allow more than the limit."""
    with pytest.raises(CheckViolation):
        db.execute("UPDATE attempts SET attempts = -1")


def test_deletes_the_todos_of_a_deleted_account(db: psycopg.Connection[TupleRow]) -> None:
    """Deleting an account deletes its todos too."""
    db.execute("DELETE FROM users")

    assert db.execute("SELECT count(*) FROM todos").fetchone() == (0,)
