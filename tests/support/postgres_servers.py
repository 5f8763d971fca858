"""Three ways to have a PostgreSQL server for tests: a container, the embedded one, a given one."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from docker.errors import DockerException, ImageNotFound  # type: ignore[import-untyped]
from psycopg import sql
from requests import RequestException

from tests.support.paths import BUILD
from tools.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError

# testcontainers reads these when it is imported; by itself it looks once a second.
os.environ.setdefault("TC_POOLING_INTERVAL", "0.1")
os.environ.setdefault("TC_MAX_TRIES", "600")

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.docker_client import DockerClient

NO_ENGINE = (DockerException, RequestException)
ANSWER_SECONDS = 2
# Crash safety costs time, and this data need not outlive a crash.
COMMAND = "postgres -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
# The data's place differs from image to image, and in some it is a volume, so on disk. Every
# image takes another place by PGDATA, and this one is no image's volume.
DATA = "/data-in-memory"
LOG = BUILD / "postgres.log"
TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
# A test may have left a transaction open, and its locks would let the clearing up wait for ever.
END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: where it is, and what the run's header says of it."""

    url: str
    description: str


class NoServerError(Exception):
    """There is no such server to be had; the message says why."""


@contextmanager
def container(image: str) -> Iterator[Postgres]:
    """Run the image, with its data in memory, and keep its log; raises NoServerError."""
    _require(image)
    server = PostgresContainer(image, username="test", password="test", dbname="test", driver=None)
    server.with_command(COMMAND).with_env("PGDATA", DATA).with_tmpfs_mount(DATA)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(server).get_connection_url()
            stack.callback(_keep_log, server)
            version = _version(url)
        except (*NO_ENGINE, psycopg.Error, TimeoutError, RuntimeError) as error:
            raise NoServerError(f"{image} does not start: {_line(error)}") from error
        yield Postgres(url, f"PostgreSQL {version} in a container ({image})")


@contextmanager
def embedded(why: str) -> Iterator[Postgres]:
    """Run the embedded server, with its data in memory where possible; raises NoServerError."""
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
    """Use an empty database, and leave it empty; raises NoServerError."""
    try:
        tables = _tables(url)
    except psycopg.Error as error:
        raise NoServerError(f"no database answers: {_line(error)}") from error
    if tables:
        raise NoServerError("its database has tables, and tests need an empty one")
    yield Postgres(url, f"PostgreSQL {_version(url)}, as TEST_POSTGRES says")
    with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
        connection.execute(END_OTHER_SESSIONS)
        for table in _tables(url):
            connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))


def _keep_log(server: PostgresContainer) -> None:
    """Write down what it said on stdout, then on stderr: with the container it would be gone."""
    BUILD.mkdir(exist_ok=True)
    LOG.write_bytes(b"".join(server.get_logs()))


def _require(image: str) -> None:
    """Find the image or pull it."""
    try:
        DockerClient(timeout=ANSWER_SECONDS).client.close()
    except NO_ENGINE as error:
        raise NoServerError("no Docker engine answers") from error
    with closing(DockerClient().client) as engine:
        try:
            _pull_if_missing(engine, image)
        except NO_ENGINE as error:
            raise NoServerError(f"{image} cannot be had: {_line(error)}") from error


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
