"""The contract of an AttemptStore.

A layer inherits the class and provides a fixture `attempts`, so a test that is added here runs in
every layer.
"""

from datetime import timedelta

from app.domain.limits import Count
from app.ports import AttemptStore
from tests.support.factories import NOW

WINDOW = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


class AttemptStoreContract:
    """Attempts are counted by key, in windows that start with a key's first attempt."""

    def test_counts_from_one(self, attempts: AttemptStore) -> None:
        """The first attempt starts the window."""
        counts = attempts.count(["ada"], NOW)

        assert counts == [Count("ada", 1, NOW)]

    def test_counts_within_the_window(self, attempts: AttemptStore) -> None:
        """A second attempt just before the end of the window does not extend it."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["ada"], NOW + WINDOW - TICK)

        assert counts == [Count("ada", 2, NOW)]

    def test_starts_a_new_window(self, attempts: AttemptStore) -> None:
        """An attempt exactly at the end of the window is the first of the next one."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["ada"], NOW + WINDOW)

        assert counts == [Count("ada", 1, NOW + WINDOW)]

    def test_counts_each_key(self, attempts: AttemptStore) -> None:
        """One call counts several keys, and each key has its own count."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["bob", "ada"], NOW)

        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 1)}

    def test_undoes_one_attempt(self, attempts: AttemptStore) -> None:
        """One attempt is subtracted from the named keys, and none from any other."""
        for _ in range(2):
            attempts.count(["ada", "bob"], NOW)

        attempts.undo(["ada"])

        counts = attempts.count(["ada", "bob"], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 3)}

    def test_undoing_the_only_attempt_keeps_its_window(self, attempts: AttemptStore) -> None:
        """The next attempt counts in the same window, although its count was zero."""
        attempts.count(["ada"], NOW)

        attempts.undo(["ada"])

        assert attempts.count(["ada"], NOW + TICK) == [Count("ada", 1, NOW)]

    def test_never_counts_below_zero(self, attempts: AttemptStore) -> None:
        """Undoing an attempt twice, or one that was never counted, gives nobody a free attempt."""
        attempts.count(["ada"], NOW)
        attempts.undo(["ada"])

        attempts.undo(["ada", "bob"])

        counts = attempts.count(["ada", "bob"], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 1), ("bob", 1)}

    def test_keeps_what_has_not_expired(self, attempts: AttemptStore) -> None:
        """Deleting expired counts spares a window until its very end."""
        attempts.count(["ada"], NOW)

        attempts.delete_expired(NOW + WINDOW - TICK)

        assert attempts.count(["ada"], NOW) == [Count("ada", 2, NOW)]
