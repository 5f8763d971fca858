"""Several processes that start at once, on a database that has no tables yet."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from app.adapters.migrations import FOLDER
from tests.integration.faults.server import Server
from tests.integration.faults.service import START_SECONDS, Service
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

TOGETHER = 3


@pytest.fixture
def fresh_url(server: Server) -> Iterator[str]:
    """Return the address of an empty database."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE fresh")
        yield server.url.removesuffix("/postgres") + "/fresh"
        connection.execute("DROP DATABASE fresh WITH (FORCE)")


def test_starts_together_with_others(fresh_url: str, tmp_path: Path) -> None:
    """Of services that start at once one makes the tables, and all become ready.

    The test is slow: it starts the service several times.
    """
    services = [Service(fresh_url, tmp_path / f"{number}.log") for number in range(TOGETHER)]
    with ExitStack() as stack:
        for service in services:
            stack.callback(service.kill)
            service.launch()
        for service in services:
            wait_until(service.is_ready, seconds=START_SECONDS)

    with psycopg.connect(fresh_url) as connection:
        applied = [name for (name,) in connection.execute("SELECT name FROM migrations")]
    assert sorted(applied) == sorted(file.name for file in FOLDER.glob("*.sql"))
