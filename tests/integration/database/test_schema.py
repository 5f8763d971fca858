"""The migrations in app/migrations, applied to an empty database and to each earlier version."""

from pathlib import Path
from shutil import copy

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from app.adapters.migrations import FOLDER, migrate, migrations

ALL = [file.name for file in migrations()]
# A row in each table that a migration creates, as a service of that version stored it.
ROWS = {
    "0001_users.sql": """
        INSERT INTO users (email, password_hash, created_at) VALUES ('a@b.co', 'hash', now())
    """,
    "0002_todos.sql": """
        INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
        SELECT id, 'Buy milk', true, 7, now(), now() FROM users
    """,
    "0003_attempts.sql": "INSERT INTO attempts (key, attempts, started_at) VALUES ('a', 1, now())",
    "0004_room_for_a_todo.sql": "SELECT 'this one creates no table'",
}


def tables_in(url: str) -> set[str]:
    """Return the names of the tables."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows}


def rows_in(url: str) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table of the service."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return {
            table: connection.execute(SQL("TABLE {}").format(Identifier(table))).fetchall()
            for table in tables_in(url) - {"migrations"}
        }


def test_creates_the_schema_in_an_empty_database(empty_url: str) -> None:
    """An empty database gets every migration, in the order of their numbers."""
    applied = migrate(empty_url)

    assert applied == ALL
    assert {"users", "todos", "attempts"} <= tables_in(empty_url)


def test_finds_the_migrations_from_any_directory(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system service starts in another working directory than a developer."""
    monkeypatch.chdir(tmp_path)

    applied = migrate(empty_url)

    assert applied == ALL


def test_has_a_row_for_every_migration() -> None:
    """A new migration needs a row for the next test, so that later ones are tested to keep it."""
    assert sorted(ROWS) == ALL


@pytest.mark.parametrize("version", range(1, len(ALL) + 1))
def test_keeps_the_data_of_an_earlier_version(empty_url: str, tmp_path: Path, version: int) -> None:
    """Migrating a database of any earlier version, with rows in it, loses no row."""
    for name in ALL[:version]:
        copy(FOLDER / name, tmp_path)
        migrate(empty_url, tmp_path)
        with psycopg.connect(empty_url) as connection:
            connection.execute(ROWS[name].encode())
    before = rows_in(empty_url)

    applied = migrate(empty_url)

    assert applied == ALL[version:]
    assert {table: rows for table, rows in rows_in(empty_url).items() if rows} == before
