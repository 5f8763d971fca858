"""Makes a race condition deterministic: a test continues when another session waits for a lock."""

import psycopg
from psycopg.rows import TupleRow

from tests.support.waiting import wait_until

# Other databases of the server, in which other tests may run, do not count.
ARE_BLOCKED = """
    SELECT count(*) >= %s FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def wait_for_blocked_sessions(db: psycopg.Connection[TupleRow], sessions: int = 1) -> None:
    """Return as soon as this many sessions wait for a lock that another session holds."""

    def are_blocked() -> bool:
        # In a transaction PostgreSQL would keep showing the sessions of the first look.
        db.execute("SELECT pg_stat_clear_snapshot()")
        return db.execute(ARE_BLOCKED, [sessions]).fetchone() == (True,)

    wait_until(are_blocked)
