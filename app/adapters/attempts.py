"""Counts of attempts in PostgreSQL, so that all processes share them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.adapters.database import Database
from app.domain.limits import Count

# Sorted, so that two statements with the same keys lock the rows in the same order.
COUNT = """
    INSERT INTO attempts AS before (key, attempts, started_at)
    SELECT key, 1, %(now)s FROM unnest(%(keys)s::text[]) AS key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        attempts = CASE WHEN before.started_at > %(expired)s THEN before.attempts + 1 ELSE 1 END,
        started_at =
            CASE WHEN before.started_at > %(expired)s THEN before.started_at ELSE %(now)s END
    RETURNING key, attempts, started_at
"""

FORGIVE = """
    UPDATE attempts SET attempts = attempts - 1
    FROM (
        SELECT key AS forgiven FROM attempts
        WHERE key = ANY(%(keys)s) AND attempts > 0 ORDER BY key FOR UPDATE
    ) AS locked
    WHERE key = forgiven
"""

# A bounded bite each time; rows that somebody counts just now are left for the next.
FORGET_EXPIRED = """
    DELETE FROM attempts WHERE key IN (
        SELECT key FROM attempts WHERE started_at <= %(expired)s
        ORDER BY started_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""


class Attempts:
    """The table `attempts`: how many there were by key since the key's window began."""

    def __init__(self, database: Database, window: timedelta) -> None:
        """Count in `database`, in windows of this length that begin with the first attempt."""
        self._database = database
        self._window = window

    def count(self, keys: Sequence[str], now: datetime) -> Sequence[Count]:
        """Count one more attempt for each key and return the counts."""
        values = {"keys": list(keys), "now": now, "expired": now - self._window}
        return [Count(**row) for row in self._database.run(COUNT, values)]

    def forgive(self, keys: Sequence[str]) -> None:
        """Take one attempt off each key's count."""
        self._database.run(FORGIVE, {"keys": list(keys)})

    def forget_expired(self, now: datetime) -> None:
        """Delete counts whose window is over."""
        self._database.run(FORGET_EXPIRED, {"expired": now - self._window})
