"""`python -m app` cannot start: one line for each error, without a secret and a stack trace.

These tests are slow, because each starts a process.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.environment import clean_environment
from tests.support.paths import ROOT
from tests.support.service import COMMAND
from tests.support.waiting import HANG_SECONDS

SECRET = "a secret key for tests and nothing else"
MIGRATE = (sys.executable, "-m", "app.migrate")

pytestmark = pytest.mark.slow


@pytest.fixture
def reader_url(empty_url: str, db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Connect to an empty database with a role that may create no table."""
    db.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'")
    yield f"postgresql://reader:reader@{empty_url.partition('@')[2]}"
    db.execute("DROP ROLE reader")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Listen on a port, as another program does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def start(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the service, or another command, with these settings and wait until it exits."""
    return subprocess.run(  # noqa: S603 -- our own program
        command or COMMAND,
        cwd=ROOT,
        env=clean_environment(**settings),
        capture_output=True,
        text=True,
        timeout=HANG_SECONDS,
        check=False,
    )


def test_names_each_missing_setting() -> None:
    """Two settings are required; without them the exit code is 2."""
    ended = start()

    variables = [line.partition(":")[0] for line in ended.stderr.splitlines()]
    assert ended.returncode == 2
    assert variables == ["DATABASE_URL", "SECRET_KEY"]


def test_names_each_invalid_setting() -> None:
    """Each invalid setting has a line, which does not repeat the value: it may be a secret."""
    ended = start(DATABASE_URL="mysql://ada:hunter2@db", SECRET_KEY="hunter2", PORT="hunter2")

    variables = [line.partition(":")[0] for line in ended.stderr.splitlines()]
    assert ended.returncode == 2
    assert variables == ["DATABASE_URL", "SECRET_KEY", "PORT"]
    assert "hunter2" not in ended.stdout + ended.stderr


def test_explains_that_the_database_is_missing() -> None:
    """When the database does not answer, one line names DATABASE_URL and the exit code is 1."""
    ended = start(DATABASE_URL="postgresql://ada:hunter2@127.0.0.1:1/todos", SECRET_KEY=SECRET)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "DATABASE_URL"
    assert "hunter2" not in line
    assert SECRET not in line


def test_explains_why_it_cannot_create_tables(migrated_url: str) -> None:
    """When a migration fails, one line gives PostgreSQL's reason."""
    nowhere = f"{migrated_url}?options=-csearch_path%3Dnowhere"

    ended = start(DATABASE_URL=nowhere, SECRET_KEY=SECRET)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "DATABASE_URL"
    assert "no schema has been selected" in line


def test_explains_who_may_create_tables(reader_url: str) -> None:
    """Without tables, a service whose role may create none says which command does."""
    ended = start(DATABASE_URL=reader_url, SECRET_KEY=SECRET)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.endswith("Type, as the owner of the tables: python -m app.migrate")


def test_migrates_without_a_secret_key(empty_url: str) -> None:
    """`python -m app.migrate` needs DATABASE_URL alone, creates the tables and ends."""
    ended = start(*MIGRATE, DATABASE_URL=empty_url)

    with psycopg.connect(empty_url) as connection:
        tables = connection.execute("SELECT to_regclass('todos')::text").fetchone()
    assert ended.returncode == 0
    assert tables == ("todos",)


def test_does_not_migrate_an_unknown_database() -> None:
    """Without DATABASE_URL `python -m app.migrate` names it, and the exit code is 2."""
    ended = start(*MIGRATE)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 2
    assert line.partition(":")[0] == "DATABASE_URL"


def test_explains_that_the_port_is_taken(migrated_url: str, taken_port: int) -> None:
    """When another program listens on the port, one line says so and suggests another port."""
    ended = start(DATABASE_URL=migrated_url, SECRET_KEY=SECRET, PORT=str(taken_port))

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "PORT"
    assert SECRET not in line


def test_explains_that_it_cannot_listen_there(migrated_url: str) -> None:
    """An address that this machine does not have is reported with the system's reason."""
    ended = start(DATABASE_URL=migrated_url, SECRET_KEY=SECRET, HOST="192.0.2.1")

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "HOST, PORT"
