"""Processes that start at the same time on a database that has no tables yet."""

from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from app.adapters.migrations import ADVISORY_LOCK, migrations
from tests.support.locks import wait_for_blocked_sessions
from tests.support.resilience_service import ResilienceService

pytestmark = pytest.mark.slow


def test_only_one_of_two_processes_migrates(empty_url: str, tmp_path: Path) -> None:
    """Of two processes that start together one creates the tables, and both become ready.

    The test is slow: it starts the service twice.
    """
    services = [ResilienceService(empty_url, tmp_path / f"{number}.log") for number in range(2)]
    with ExitStack() as stack:
        db = stack.enter_context(psycopg.connect(empty_url, autocommit=True))
        db.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        for service in services:
            stack.callback(service.kill)
            service.launch()
        wait_for_blocked_sessions(db, len(services))

        db.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])

        for service in services:
            service.wait_until_ready()
        applied = [name for (name,) in db.execute("SELECT name FROM migrations")]
    assert sorted(applied) == [file.name for file in migrations()]
