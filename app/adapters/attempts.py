"""Counts of attempts in PostgreSQL, so that all processes share them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from typing_extensions import override

from app.adapters.database import Database
from app.domain.limits import Count, Limit
from app.ports import AttemptStore

# A limit that is reached stops the insertion, so that a refused attempt writes no row.
# A window that began further in the future than it lasts was begun by a wrong clock, and is over.
# Sorted, so that two statements with the same keys lock the rows in the same order.
COUNT = """
    WITH limits AS (
        SELECT * FROM unnest(%(keys)s::text[], %(max_attempts)s::integer[])
            AS limits (key, max_attempts)
    ), reached AS (
        SELECT key, attempts + 1, started_at FROM attempts JOIN limits USING (key)
        WHERE attempts >= max_attempts
            AND started_at > %(expired)s AND started_at < %(impossible)s
    ), counted AS (
        INSERT INTO attempts AS before (key, attempts, started_at)
        SELECT key, 1, %(now)s FROM limits WHERE NOT EXISTS (SELECT FROM reached) ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
            attempts = CASE
                WHEN before.started_at > %(expired)s AND before.started_at < %(impossible)s
                THEN before.attempts + 1 ELSE 1 END,
            started_at = CASE
                WHEN before.started_at > %(expired)s AND before.started_at < %(impossible)s
                THEN before.started_at ELSE %(now)s END
        RETURNING key, attempts, started_at
    )
    SELECT * FROM counted UNION ALL SELECT * FROM reached
"""

UNDO = """
    UPDATE attempts SET attempts = attempts - 1
    FROM (
        SELECT key AS forgiven FROM attempts
        WHERE key = ANY(%(keys)s) AND attempts > 0 ORDER BY key FOR UPDATE
    ) AS locked
    WHERE key = forgiven
"""

# A bounded number each time; rows that another statement has locked are left for the next time.
DELETE_EXPIRED = """
    DELETE FROM attempts WHERE key IN (
        SELECT key FROM attempts WHERE started_at <= %(expired)s
        ORDER BY started_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""


class AttemptRepository(AttemptStore):
    """The table `attempts`, with windows of this length that begin with a key's first attempt."""

    def __init__(self, database: Database, window: timedelta) -> None:
        self._database = database
        self._window = window

    @override
    def count(self, limits: Sequence[Limit], now: datetime) -> Sequence[Count]:
        values = {
            "keys": [limit.key for limit in limits],
            "max_attempts": [limit.max_attempts for limit in limits],
            "now": now,
            "expired": now - self._window,
            "impossible": now + self._window,
        }
        return [Count(**row) for row in self._database.run(COUNT, values)]

    @override
    def undo(self, keys: Sequence[str]) -> None:
        self._database.run(UNDO, {"keys": list(keys)})

    @override
    def delete_expired(self, now: datetime) -> None:
        self._database.run(DELETE_EXPIRED, {"expired": now - self._window})
