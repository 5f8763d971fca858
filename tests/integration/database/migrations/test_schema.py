"""What the files of app/migrations make of a database, be it empty or of an earlier version."""

from pathlib import Path
from shutil import copy

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from app.adapters.migrations import FOLDER, migrate

ALL = sorted(file.name for file in FOLDER.glob("*.sql"))
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

    assert applied == ALL
    assert {"users", "todos", "attempts"} <= tables_at(fresh_url)


def test_makes_the_schema_wherever_it_is_started(
    fresh_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are found from any working directory, such as that of a system service."""
    monkeypatch.chdir(tmp_path)

    applied = migrate(fresh_url)

    assert applied == ALL


def test_knows_a_row_of_every_version() -> None:
    """A new file comes with a row for the next test, so that the files after it keep it."""
    assert sorted(ROWS) == ALL


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

    assert applied == ALL[version:]
    assert {table: rows for table, rows in rows_at(fresh_url).items() if rows} == before
