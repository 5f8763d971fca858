"""`python -m app` with something wrong: one line for each fault, no secret in it, no stack trace.

These tests are slow, since each starts a process.
"""

import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.support.paths import ROOT
from tests.support.service import COMMAND, START_SECONDS, environment

SECRET = "a secret key for tests and nothing else"

pytestmark = pytest.mark.slow


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Return a port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    """Start the service with these settings alone, and wait until it gave up."""
    return subprocess.run(  # noqa: S603 -- our own program
        COMMAND,
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


def test_names_each_setting_that_is_missing() -> None:
    """Without its two required settings the service names both and ends with 2."""
    ended = start()

    variables = [line.partition(":")[0] for line in ended.stderr.splitlines()]
    assert ended.returncode == 2
    assert variables == ["DATABASE_URL", "SECRET_KEY"]


def test_names_each_setting_that_is_wrong() -> None:
    """Each wrong setting has its line, which never holds the value."""
    ended = start(DATABASE_URL="mysql://ada:hunter2@db", SECRET_KEY="hunter2", PORT="hunter2")

    variables = [line.partition(":")[0] for line in ended.stderr.splitlines()]
    assert ended.returncode == 2
    assert variables == ["DATABASE_URL", "SECRET_KEY", "PORT"]
    assert "hunter2" not in ended.stdout + ended.stderr


def test_says_that_there_is_no_database() -> None:
    """A database that does not answer ends the start with one line that names the setting."""
    ended = start(DATABASE_URL="postgresql://ada:hunter2@127.0.0.1:1/todos", SECRET_KEY=SECRET)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "DATABASE_URL"
    assert not {word for word in ("hunter2", SECRET) if word in ended.stdout + ended.stderr}


def test_says_why_it_cannot_make_its_tables(migrated_url: str) -> None:
    """A database in which nothing may be made ends the start with one line and its reason."""
    nowhere = f"{migrated_url}?options=-csearch_path%3Dnowhere"

    ended = start(DATABASE_URL=nowhere, SECRET_KEY=SECRET)

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "DATABASE_URL"
    assert "no schema has been selected" in line


def test_says_that_the_port_is_taken(migrated_url: str, taken_port: int) -> None:
    """A port that somebody else has ends the start with one line that names another."""
    ended = start(DATABASE_URL=migrated_url, SECRET_KEY=SECRET, PORT=str(taken_port))

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "PORT"
    assert SECRET not in ended.stdout + ended.stderr


def test_says_that_it_cannot_listen_there(migrated_url: str) -> None:
    """An address that is none of this machine's is named with the system's reason."""
    ended = start(DATABASE_URL=migrated_url, SECRET_KEY=SECRET, HOST="192.0.2.1")

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.partition(":")[0] == "HOST, PORT"
