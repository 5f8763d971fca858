"""How the schema gets into a database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow, dict_row
from psycopg.sql import SQL, Identifier

from app.adapters.migrations import FOLDER, LOCK, migrate
from app.domain.errors import StorageUnavailableError
from tests.integration.locks import wait_for_waiting

ALL = sorted(file.name for file in FOLDER.glob("*.sql"))
FRESH = "-c search_path=fresh"
# A row in what each file made, as a service of that version left it.
ROWS = {
    "0001_users.sql": """
        INSERT INTO users (email, password_hash, created_at) VALUES ('a@b.co', 'hash', now())
    """,
    "0002_todos.sql": """
        INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
        SELECT id, 'Buy milk', true, 7, now(), now() FROM users
    """,
    "0003_attempts.sql": "INSERT INTO attempts (key, attempts, started_at) VALUES ('a', 1, now())",
}


@pytest.fixture
def fresh_url(database_url: str, sql: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Return the address of a place without tables: a schema of its own."""
    sql.execute("CREATE SCHEMA fresh")
    yield make_conninfo(database_url, options=FRESH)
    sql.execute("DROP SCHEMA fresh CASCADE")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of migrations whose second one fails after its first statement."""
    (tmp_path / "0001_sound.sql").write_text("CREATE TABLE sound (id int)")
    (tmp_path / "0002_broken.sql").write_text("CREATE TABLE half (id int); SELECT 1 / 0;")
    return tmp_path


def tables_at(url: str) -> set[str]:
    """Return the names of the tables there."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'fresh'")
        return {name for (name,) in rows}


def rows_at(url: str) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table there."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return {
            table: connection.execute(SQL("TABLE {}").format(Identifier(table))).fetchall()
            for table in tables_at(url) - {"migrations"}
        }


def test_makes_the_schema_from_nothing(fresh_url: str) -> None:
    """An empty database gets every file, in order."""
    applied = migrate(fresh_url)

    assert ALL == applied
    assert {"users", "todos", "attempts"} <= tables_at(fresh_url)


def test_knows_a_row_of_every_version() -> None:
    """A new file comes with a row for the next test, so that the files after it keep it."""
    assert ALL == sorted(ROWS)


@pytest.mark.parametrize("version", range(1, len(ALL) + 1))
def test_keeps_what_an_earlier_version_stored(fresh_url: str, tmp_path: Path, version: int) -> None:
    """A database of each version, with rows in it, is brought up to date and loses nothing."""
    for name in ALL[:version]:
        copy(FOLDER / name, tmp_path)
        migrate(fresh_url, tmp_path)
        with psycopg.connect(fresh_url) as connection:
            connection.execute(ROWS[name].encode())
    before = rows_at(fresh_url)

    applied = migrate(fresh_url)

    assert ALL[version:] == applied
    assert before == {table: rows for table, rows in rows_at(fresh_url).items() if rows}


def test_applies_nothing_twice(fresh_url: str) -> None:
    """A second start finds nothing to do, and needs no right to write."""
    migrate(fresh_url)

    applied = migrate(
        make_conninfo(fresh_url, options=f"{FRESH} -c default_transaction_read_only=on")
    )

    assert [] == applied


def test_lets_processes_start_at_once(fresh_url: str, sql: psycopg.Connection[TupleRow]) -> None:
    """Of two processes that start together the second waits, and finds all files applied."""
    with ThreadPoolExecutor(1) as thread, psycopg.connect(fresh_url) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        second = thread.submit(migrate, fresh_url)
        wait_for_waiting(sql)
        first.execute("CREATE TABLE migrations (name text PRIMARY KEY)")
        first.execute("INSERT INTO migrations SELECT unnest(%s::text[])", [ALL])

    assert [] == second.result()


@pytest.mark.parametrize(
    "failure", ["SELECT 1 / 0", "DROP TABLE migrations"], ids=["half-way", "when noted as applied"]
)
def test_leaves_no_trace_of_a_broken_file(fresh_url: str, folder: Path, failure: str) -> None:
    """A file that fails is undone as a whole; those before it stay."""
    (folder / "0002_broken.sql").write_text(f"CREATE TABLE half (id int); {failure};")

    with pytest.raises(psycopg.Error):
        migrate(fresh_url, folder)

    assert {"migrations", "sound"} == tables_at(fresh_url)


def test_goes_on_with_the_mended_file(fresh_url: str, folder: Path) -> None:
    """Once a broken file is mended, the next start takes up there."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(fresh_url, folder)
    (folder / "0002_broken.sql").write_text("CREATE TABLE whole (id int)")

    applied = migrate(fresh_url, folder)

    assert ["0002_broken.sql"] == applied


def test_says_that_there_is_no_server() -> None:
    """A server that cannot be reached is the service's own error."""
    with pytest.raises(StorageUnavailableError):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")
