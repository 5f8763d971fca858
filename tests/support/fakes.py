"""Fakes: simple but working stand-ins, where a mock would have to be told every step.

A fake can be wrong like any code, so tests/contracts holds it to what the real adapter does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.limits import Count


class FakeAttemptStore:
    """Counts in a dictionary as `app.adapters.attempts` does in PostgreSQL."""

    def __init__(self, window: timedelta) -> None:
        """Count in windows of this length that begin with the first attempt."""
        self._window = window
        self.counts: dict[str, Count] = {}

    def count(self, keys: Sequence[str], now: datetime) -> Sequence[Count]:
        """Count one more attempt for each key and return the counts."""
        self._forget(keys, now)
        for key in keys:
            count = self.counts.get(key, Count(key, 0, now))
            self.counts[key] = replace(count, attempts=count.attempts + 1)
        return [self.counts[key] for key in keys]

    def undo(self, keys: Sequence[str]) -> None:
        """Take one attempt off each key's count."""
        for key in keys:
            count = self.counts.get(key)
            if count and count.attempts > 0:
                self.counts[key] = replace(count, attempts=count.attempts - 1)

    def delete_expired(self, now: datetime) -> None:
        """Delete counts whose window is over."""
        self._forget(list(self.counts), now)

    def _forget(self, keys: Iterable[str], now: datetime) -> None:
        for key in keys:
            if key in self.counts and self.counts[key].started_at <= now - self._window:
                del self.counts[key]
