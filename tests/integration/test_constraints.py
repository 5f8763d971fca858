"""What the service would never write, the database itself refuses."""

import psycopg
import pytest
from psycopg.errors import CheckViolation, NotNullViolation
from psycopg.rows import TupleRow

from tests.builders import NOW

ADD_TODO = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    VALUES (%s, %s, false, 1, %s, %s)
"""
ADD_USER = "INSERT INTO users (email, password_hash, created_at) VALUES (%s, %s, %s)"
ADD_ATTEMPT = "INSERT INTO attempts (key, attempts, started_at) VALUES (%s, %s, %s)"


@pytest.mark.parametrize("title", ["", "x" * 201], ids=["empty", "201 characters"])
def test_refuses_a_title_of_the_wrong_length(
    sql: psycopg.Connection[TupleRow], ada_id: int, title: str
) -> None:
    """A title has 1 to 200 characters."""
    with pytest.raises(CheckViolation):
        sql.execute(ADD_TODO, [ada_id, title, NOW, NOW])


def test_counts_characters_of_a_title(sql: psycopg.Connection[TupleRow], ada_id: int) -> None:
    """The length of a title is in characters, however many bytes they take."""
    added = sql.execute(ADD_TODO, [ada_id, "\N{GRINNING FACE}" * 200, NOW, NOW])

    assert added.rowcount == 1


def test_refuses_an_email_in_capitals(sql: psycopg.Connection[TupleRow]) -> None:
    """An e-mail that is not in its canonical form could be taken twice."""
    with pytest.raises(CheckViolation):
        sql.execute(ADD_USER, ["Ada@example.org", "hash", NOW])


def test_refuses_an_account_without_a_password(sql: psycopg.Connection[TupleRow]) -> None:
    """Nobody has an account that nothing protects."""
    with pytest.raises(NotNullViolation):
        sql.execute(ADD_USER, ["ada@example.org", None, NOW])


def test_refuses_fewer_attempts_than_none(sql: psycopg.Connection[TupleRow]) -> None:
    """A count below zero would allow more than the limit."""
    with pytest.raises(CheckViolation):
        sql.execute(ADD_ATTEMPT, ["ada", -1, NOW])


def test_deletes_the_todos_of_a_deleted_account(
    sql: psycopg.Connection[TupleRow], ada_id: int
) -> None:
    """With an account its todos go."""
    sql.execute(ADD_TODO, [ada_id, "Buy milk", NOW, NOW])

    sql.execute("DELETE FROM users")

    assert sql.execute("SELECT count(*) FROM todos").fetchone() == (0,)
