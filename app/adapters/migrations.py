"""Brings the database's schema up to date: numbered SQL files, each applied once, in order."""

from pathlib import Path

import psycopg

from app.adapters.connection import CONNECT_SECONDS
from app.domain.errors import StorageUnavailableError

FOLDER = Path(__file__).parent.parent / "migrations"
# Any number will do, as long as every process of this service takes the same one.
ADVISORY_LOCK = 7_410_633


def migrate(url: str, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing and return the names of the files applied.

    Processes that start at once wait for each other. Raises StorageUnavailableError when the
    server cannot be reached, and psycopg.Error when a file's SQL fails; that file then leaves
    no trace.
    """
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise StorageUnavailableError(" ".join(str(error).split())) from error
    with connection:
        connection.execute("SET lock_timeout = '30s'")
        connection.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        # IF NOT EXISTS would ask for the right to write even where there is nothing to write.
        if connection.execute("SELECT to_regclass('migrations')").fetchone() == (None,):
            connection.execute("CREATE TABLE migrations (name text PRIMARY KEY)")
        missing = _missing(connection, folder)
        for file in missing:
            _apply(connection, file)
    return [file.name for file in missing]


def _missing(connection: psycopg.Connection, folder: Path) -> list[Path]:
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    return [file for file in sorted(folder.glob("*.sql")) if file.name not in applied]


def _apply(connection: psycopg.Connection, file: Path) -> None:
    with connection.transaction():
        connection.execute(file.read_bytes())
        connection.execute("INSERT INTO migrations (name) VALUES (%s)", [file.name])
