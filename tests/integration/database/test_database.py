"""The pool of connections: its sessions, its deadlines, its return after a loss."""

from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.domain.errors import StorageUnavailableError


def test_gives_rows_by_name(database: Database) -> None:
    """A row is read by the names of its columns."""
    rows = database.run("SELECT %(number)s + 1 AS next", {"number": 41})

    assert rows == [{"next": 42}]


def test_gives_no_rows_for_a_statement_that_returns_none(database: Database) -> None:
    """A statement that answers nothing gives an empty list."""
    rows = database.run("DELETE FROM todos", {})

    assert rows == []


def test_commits_each_statement(database: Database, db: psycopg.Connection[TupleRow]) -> None:
    """What one statement wrote, every other connection sees at once."""
    database.run("INSERT INTO attempts VALUES ('ada', 1, now())", {})

    assert db.execute("SELECT key FROM attempts").fetchall() == [("ada",)]


def test_gives_times_in_utc(database: Database) -> None:
    """Times come back in UTC, wherever the server stands."""
    [row] = database.run("SELECT timestamptz '2026-07-01 12:00+02' AS noon", {})

    assert row["noon"].utcoffset() == timedelta(0)


@pytest.mark.slow
def test_gives_up_a_long_statement(database: Database) -> None:
    """A statement that takes too long is ended; this test is slow, since it waits for that."""
    with pytest.raises(StorageUnavailableError, match="statement timeout"):
        database.run("SELECT pg_sleep(3)", {})


@pytest.mark.slow
def test_keeps_the_connection_of_a_long_statement(single_database: Database) -> None:
    """What the server ended by itself leaves no answer to come, so the connection serves on.

    This test is slow, since it waits for that end.
    """
    session = single_database.run("SELECT pg_backend_pid() AS pid", {})
    with pytest.raises(StorageUnavailableError, match="statement timeout"):
        single_database.run("SELECT pg_sleep(3)", {})

    assert single_database.run("SELECT pg_backend_pid() AS pid", {}) == session


def test_comes_back_after_a_loss(
    single_database: Database, db: psycopg.Connection[TupleRow]
) -> None:
    """When its connection is cut, one statement fails and the next has a new connection."""
    [session] = single_database.run("SELECT pg_backend_pid() AS pid", {})
    db.execute("SELECT pg_terminate_backend(%(pid)s, 5000)", session)
    with pytest.raises(StorageUnavailableError):
        single_database.check()

    rows = single_database.run("SELECT 1 AS one", {})

    assert rows == [{"one": 1}]
