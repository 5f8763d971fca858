"""Several processes that start at once, on a database that has no tables yet."""

from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from app.adapters.migrations import ADVISORY_LOCK, FOLDER
from tests.support.locks import wait_for_blocked_sessions
from tests.support.resilience_service import Service

pytestmark = pytest.mark.slow

TOGETHER = 3


def test_starts_together_with_others(fresh_url: str, tmp_path: Path) -> None:
    """Of services that start at once one makes the tables, and all become ready.

    The test is slow: it starts the service several times.
    """
    services = [Service(fresh_url, tmp_path / f"{number}.log") for number in range(TOGETHER)]
    with ExitStack() as stack:
        db = stack.enter_context(psycopg.connect(fresh_url, autocommit=True))
        db.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        for service in services:
            stack.callback(service.kill)
            service.launch()
        wait_for_blocked_sessions(db, TOGETHER)

        db.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])

        for service in services:
            service.wait_until_ready()
        applied = [name for (name,) in db.execute("SELECT name FROM migrations")]
    assert sorted(applied) == sorted(file.name for file in FOLDER.glob("*.sql"))
