"""Three PostgreSQL servers for tests: a container, the embedded server, or one that a URL names."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from docker.errors import DockerException, ImageNotFound  # type: ignore[import-untyped]
from psycopg import sql
from requests import RequestException

from tests.support.paths import BUILD
from tools.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError

# testcontainers reads these when it is imported; its default is to poll once a second.
os.environ.setdefault("TC_POOLING_INTERVAL", "0.1")
os.environ.setdefault("TC_MAX_TRIES", "600")

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.docker_client import DockerClient

NO_ENGINE = (DockerException, RequestException)
ANSWER_SECONDS = 2
# Crash safety costs time, and this data need not outlive a crash.
COMMAND = "postgres -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
# Images differ in where they keep the data, and some declare a volume there, which is on disk.
# Every image accepts another directory as PGDATA, and none declares a volume for this one.
DATA = "/data-in-memory"
LOG = BUILD / "postgres.log"
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
    """The server cannot be started or reached; the message says why."""


@contextmanager
def container(image: str) -> Iterator[Postgres]:
    """Run the image with its data in memory; raises NoServerError."""
    _require(image)
    server = PostgresContainer(image, username="test", password="test", dbname="test", driver=None)
    server.with_command(COMMAND).with_env("PGDATA", DATA).with_tmpfs_mount(DATA)
    with ExitStack() as stack:
        stack.callback(_remove, server)
        try:
            url = server.start().get_connection_url()
            version = _version(url)
        # The engine may answer while its containers do not, and the libraries wrap few errors.
        except Exception as error:
            raise NoServerError(f"{image} does not start: {_line(error)}") from error
        yield Postgres(url, f"PostgreSQL {version} in a container ({image})")


@contextmanager
def embedded(why: str) -> Iterator[Postgres]:
    """Run the embedded server, if possible with its data in memory; raises NoServerError."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a mount, no file
    with ExitStack() as stack:
        try:
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="todo-", dir=memory))
            url = stack.enter_context(EmbeddedPostgres(Path(home), durable=False))
        except (EmbeddedPostgresError, OSError) as error:
            raise NoServerError(f"{why}, and the embedded one: {_line(error)}") from error
        yield Postgres(url, f"PostgreSQL {_version(url)}, embedded, because {why}")


@contextmanager
def given(url: str) -> Iterator[Postgres]:
    """Use the empty database that the URL names, and leave it empty; raises NoServerError."""
    try:
        tables = _tables(url)
    except psycopg.Error as error:
        raise NoServerError(f"cannot connect to the database: {_line(error)}") from error
    if tables:
        raise NoServerError("the database has tables, and the tests need an empty one")
    yield Postgres(url, f"PostgreSQL {_version(url)}, as TEST_POSTGRES says")
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        connection.execute(END_OTHER_SESSIONS)
        for table in _tables(url):
            connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))


def _remove(server: PostgresContainer) -> None:
    """Remove the container, and keep its log; what fails here must not fail the tests."""
    with suppress(Exception):  # a container that was not created has none
        _keep_log(server)
    try:
        server.stop()
    except Exception as error:  # noqa: BLE001 -- the engine may be gone
        print(f"{server.image} may still run: {_line(error)}", file=sys.stderr)  # noqa: T201


def _keep_log(server: PostgresContainer) -> None:
    """Save its stdout and its stderr, which are lost when the container is removed."""
    BUILD.mkdir(exist_ok=True)
    LOG.write_bytes(b"".join(server.get_logs()))


def _require(image: str) -> None:
    """Check that there is an engine, and pull the image if it is missing."""
    try:
        DockerClient(timeout=ANSWER_SECONDS).client.close()
    except NO_ENGINE as error:
        raise NoServerError("no Docker engine answers") from error
    except Exception as error:
        raise NoServerError(f"Docker cannot be used: {_line(error)}") from error
    with closing(DockerClient().client) as engine:
        try:
            _pull_if_missing(engine, image)
        except Exception as error:
            raise NoServerError(f"cannot pull {image}: {_line(error)}") from error


def _pull_if_missing(engine: Any, image: str) -> None:  # noqa: ANN401 -- docker has no types
    try:
        engine.images.get(image)
    except ImageNotFound:
        print(f"Pulling {image}.", file=sys.stderr, flush=True)  # noqa: T201 -- progress
        engine.images.pull(image)


def _tables(url: str) -> list[str]:
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        return [name for (name,) in connection.execute(TABLES)]


def _version(url: str) -> str:
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        return (connection.info.parameter_status("server_version") or "?").split()[0]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
