"""Brings the database's schema up to date: numbered SQL files, each applied once, in order."""

import re
from pathlib import Path

import psycopg

from app.adapters.connection import CONNECT_SECONDS
from app.domain.errors import StorageUnavailableError

FOLDER = Path(__file__).parent.parent / "migrations"
# Any number will do, as long as every process of this service uses the same one.
ADVISORY_LOCK = 7_410_633
# Editors, file managers and merge tools put files with other names beside ours.
NAME = re.compile(r"[0-9]{4}_[a-z0-9_]+\.sql")


def migrate(url: str, folder: Path = FOLDER) -> list[str]:
    """Apply the missing files and return their names.

    Processes that start at the same time wait for each other. Raises StorageUnavailableError if
    the server cannot be reached, and psycopg.Error if a file's SQL fails, which is rolled back.
    """
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise StorageUnavailableError(" ".join(str(error).split())) from error
    with connection:
        connection.execute("SET lock_timeout = '30s'")
        connection.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        # IF NOT EXISTS would require the CREATE privilege even if the table exists.
        if connection.execute("SELECT to_regclass('migrations')").fetchone() == (None,):
            connection.execute("CREATE TABLE migrations (name text PRIMARY KEY)")
        missing = _missing(connection, folder)
        for file in missing:
            _apply(connection, file)
    return [file.name for file in missing]


def migrations(folder: Path = FOLDER) -> list[Path]:
    """Return the files that are migrations, in the order of their numbers."""
    return sorted(f for f in folder.glob("*.sql") if NAME.fullmatch(f.name) and f.is_file())


def _missing(connection: psycopg.Connection, folder: Path) -> list[Path]:
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    return [file for file in migrations(folder) if file.name not in applied]


def _apply(connection: psycopg.Connection, file: Path) -> None:
    with connection.transaction():
        connection.execute(file.read_bytes())
        connection.execute("INSERT INTO migrations (name) VALUES (%s)", [file.name])
