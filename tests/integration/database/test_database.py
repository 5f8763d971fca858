"""The connection pool: its sessions, its timeouts, and how it replaces a lost connection."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow
from pytest_mock import MockerFixture

from app.adapters import connection
from app.adapters.connection import OPTIONS, BoundedConnection
from app.adapters.database import Database
from app.domain.errors import StorageUnavailableError
from tests.support.waiting import HANG_SECONDS, wait_until

SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'the broken one'"


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


def test_the_start_up_packet_contains_what_pgbouncer_accepts() -> None:
    """PgBouncer refuses a connection whose start-up packet has `options` in it."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor() as threads:
        url = f"postgresql://127.0.0.1:{server.getsockname()[1]}/?sslmode=disable"
        connecting = threads.submit(
            BoundedConnection.connect, url, gssencmode="disable", user="ada", **OPTIONS
        )

        with server.accept()[0] as client:
            # The length and the version come first; then names and values, each with a zero byte.
            fields = client.recv(1000)[8:].split(b"\0")

        assert isinstance(connecting.exception(), psycopg.OperationalError)
    assert set(fields[:-2:2]) <= {b"user", b"database", b"client_encoding", b"application_name"}


def test_closes_a_connection_that_it_cannot_configure(
    migrated_url: str, db: psycopg.Connection[TupleRow], mocker: MockerFixture
) -> None:
    """A session without our timeouts is not used, and does not stay open either."""
    mocker.patch.object(connection, "CONFIGURE", "SELECT 1 / 0")
    url = make_conninfo(migrated_url, application_name="the broken one")

    with pytest.raises(psycopg.errors.DivisionByZero):
        BoundedConnection.connect(url)

    wait_until(lambda: db.execute(SESSIONS).fetchone() == (0,))
