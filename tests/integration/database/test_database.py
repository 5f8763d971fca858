"""The connection pool: its sessions, its timeouts, and how it replaces a lost connection."""

from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters import connection
from app.adapters.database import Database
from app.domain.errors import StorageUnavailableError
from tests.support.waiting import HANG_SECONDS


def test_returns_rows_as_dictionaries(database: Database) -> None:
    """The adapters read a row by the names of its columns."""
    rows = database.run("SELECT %(number)s + 1 AS next", {"number": 41})

    assert rows == [{"next": 42}]


def test_returns_an_empty_list_without_rows(database: Database) -> None:
    """A statement without RETURNING gives [], where psycopg alone would raise an error."""
    rows = database.run("DELETE FROM todos", {})

    assert rows == []


def test_commits_each_statement(database: Database, db: psycopg.Connection[TupleRow]) -> None:
    """Each statement is a transaction of its own, so other connections see its effect at once."""
    database.run("INSERT INTO attempts VALUES ('ada', 1, now())", {})

    assert db.execute("SELECT key FROM attempts").fetchall() == [("ada",)]


def test_returns_times_in_utc(database: Database) -> None:
    """Times are in UTC, whatever time zone the server is set to."""
    [row] = database.run("SELECT timestamptz '2026-07-01 12:00+02' AS noon", {})

    assert row["noon"].utcoffset() == timedelta(0)


@pytest.mark.slow
def test_cancels_a_long_statement_and_keeps_its_connection(
    single_connection: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the server's own timeout no answer is outstanding, so the pool keeps the session.

    The client's own deadline is put off, because a busy machine might reach it first. The test is
    slow: it waits for the server's timeout.
    """
    monkeypatch.setattr(connection, "ANSWER_SECONDS", HANG_SECONDS)
    session = single_connection.run("SELECT pg_backend_pid() AS pid", {})
    with pytest.raises(StorageUnavailableError, match="statement timeout"):
        single_connection.run("SELECT pg_sleep(3)", {})

    assert single_connection.run("SELECT pg_backend_pid() AS pid", {}) == session


def test_replaces_a_lost_connection(
    single_connection: Database, db: psycopg.Connection[TupleRow]
) -> None:
    """After a terminated connection one statement fails, and the next uses a new connection."""
    [session] = single_connection.run("SELECT pg_backend_pid() AS pid", {})
    db.execute("SELECT pg_terminate_backend(%(pid)s, 5000)", session)
    with pytest.raises(StorageUnavailableError):
        single_connection.check()

    rows = single_connection.run("SELECT 1 AS one", {})

    assert rows == [{"one": 1}]
