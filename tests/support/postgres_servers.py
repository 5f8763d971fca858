"""Three PostgreSQL servers for tests: a container, the embedded server, or one that a URL names."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.children import temporary_folder
from tests.support.reasons import reason
from tools.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, can_run_in

MEMORY = Path("/dev/shm")  # noqa: S108 -- a mount, and not a file in it
# A server or an engine that answers at all does so in a fraction of this, also on a busy machine.
ANSWER_SECONDS = 10
TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
# A test may have left a transaction open, and DROP TABLE would wait for its locks.
END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: its URL, and its description in the run's header."""

    url: str
    description: str


class NoServerError(Exception):
    """The server cannot be started or reached; the message says why in one line."""


@contextmanager
def container(image: str) -> Iterator[Postgres]:
    """Run the image with its data in memory; raises NoServerError."""
    with ExitStack() as stack:
        try:
            # Docker's libraries read their settings when they are imported, and may refuse them.
            from tests.support.postgres_container import started  # noqa: PLC0415

            url = stack.enter_context(started(image))
            version = _version(url)
        except NoServerError:
            raise
        # The engine may answer while its containers do not, and the libraries wrap few errors.
        except Exception as error:
            raise NoServerError(f"{image} does not start: {reason(error)}") from error
        yield Postgres(url, f"PostgreSQL {version} in a container ({image})")


@contextmanager
def embedded(why: str) -> Iterator[Postgres]:
    """Run the embedded server, if possible with its data in memory; raises NoServerError."""
    with ExitStack() as stack:
        try:
            memory = MEMORY if MEMORY.is_dir() and can_run_in(MEMORY) else None
            home = stack.enter_context(temporary_folder("todo-", memory))
            url = stack.enter_context(EmbeddedPostgres(home, durable=False))
        except (EmbeddedPostgresError, OSError) as error:
            raise NoServerError(f"{why}, and the embedded one: {reason(error)}") from error
        yield Postgres(url, f"PostgreSQL {_version(url)}, embedded, because {why}")


@contextmanager
def given(url: str) -> Iterator[Postgres]:
    """Use the empty database that the URL names, and leave it empty; raises NoServerError."""
    try:
        tables = _tables(url)
    except psycopg.Error as error:
        raise NoServerError(f"cannot connect to the database: {reason(error)}") from error
    if tables:
        raise NoServerError("the database has tables, and the tests need an empty one")
    yield Postgres(url, f"PostgreSQL {_version(url)}, as TEST_POSTGRES says")
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        connection.execute(END_OTHER_SESSIONS)
        for table in _tables(url):
            connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))


def _tables(url: str) -> list[str]:
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        return [name for (name,) in connection.execute(TABLES)]


def _version(url: str) -> str:
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        return (connection.info.parameter_status("server_version") or "?").split()[0]
