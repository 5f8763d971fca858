"""Test doubles that are written by hand: a fake, which works, and a dummy, which must not be used.

A fake can be wrong like any other code, so tests/contracts holds it to what the real adapter does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import LiteralString, NoReturn

import pytest
from psycopg.sql import Composed
from typing_extensions import override

from app.adapters.database import Database
from app.domain.limits import Count, Limit
from app.ports import AttemptStore


class FakeAttemptStore(AttemptStore):
    """Counts in a dictionary, as `app.adapters.attempts` does in PostgreSQL.

    A window has the given length and starts with the first attempt.
    """

    def __init__(self, window: timedelta) -> None:
        self._window = window
        self.counts: dict[str, Count] = {}

    @override
    def count(self, limits: Sequence[Limit], now: datetime) -> Sequence[Count]:
        self._forget([limit.key for limit in limits], now)
        before = [self.counts.get(limit.key, Count(limit.key, 0, now)) for limit in limits]
        after = [replace(count, attempts=count.attempts + 1) for count in before]
        reached = [
            c for c, limit in zip(after, limits, strict=True) if c.attempts > limit.max_attempts
        ]
        self.counts |= {} if reached else {count.key: count for count in after}
        return reached or after

    @override
    def undo(self, keys: Sequence[str]) -> None:
        for key in keys:
            count = self.counts.get(key)
            if count and count.attempts > 0:
                self.counts[key] = replace(count, attempts=count.attempts - 1)

    @override
    def delete_expired(self, now: datetime) -> None:
        self._forget(list(self.counts), now)

    def _forget(self, keys: Iterable[str], now: datetime) -> None:
        for key in keys:
            if key in self.counts and abs(now - self.counts[key].started_at) >= self._window:
                del self.counts[key]


class UnconnectedDatabase(Database):
    """A dummy: the repositories need a database, but a unit test must not use it."""

    def __init__(self) -> None:
        pass  # no connection pool

    @override
    def run(self, statement: LiteralString | Composed, values: Mapping[str, object]) -> NoReturn:
        # Flask would answer an ordinary exception with status 500, and so might hide it.
        pytest.fail(
            "a unit test does not reach PostgreSQL: replace the repository's method with "
            "mocker.patch.object(TodoRepository, 'list', autospec=True, return_value=[])"
        )
