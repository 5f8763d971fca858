"""Makes the order of events certain where two write at the same time."""

import psycopg
from psycopg.rows import TupleRow

from tests.support.waiting import wait_until

# However busy the machine is.
SECONDS = 20
WAITING = "SELECT count(*) >= %s FROM pg_locks WHERE NOT granted"


def wait_for_blocked_sessions(db: psycopg.Connection[TupleRow], sessions: int = 1) -> None:
    """Return as soon as so many sessions wait for a lock that another one holds."""
    wait_until(lambda: db.execute(WAITING, [sessions]).fetchone() == (True,), seconds=SECONDS)
