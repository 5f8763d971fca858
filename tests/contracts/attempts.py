"""The contract of an AttemptStore.

A layer inherits the class and provides a fixture `attempts`, so a test that is added here runs in
every layer.
"""

from datetime import timedelta

from app.domain.limits import Count, Limit
from app.ports import AttemptStore
from tests.support.factories import NOW

WINDOW = timedelta(minutes=15)
TICK = timedelta(microseconds=1)
ADA = Limit("ada", max_attempts=3)
BOB = Limit("bob", max_attempts=4)


class AttemptStoreContract:
    """Attempts are counted by key, in windows that start with a key's first attempt."""

    def test_counts_from_one(self, attempts: AttemptStore) -> None:
        """The first attempt starts the window."""
        counts = attempts.count([ADA], NOW)

        assert counts == [Count("ada", 1, NOW)]

    def test_counts_within_the_window(self, attempts: AttemptStore) -> None:
        """A second attempt just before the end of the window does not extend it."""
        attempts.count([ADA], NOW)

        counts = attempts.count([ADA], NOW + WINDOW - TICK)

        assert counts == [Count("ada", 2, NOW)]

    def test_starts_a_new_window(self, attempts: AttemptStore) -> None:
        """An attempt exactly at the end of the window is the first of the next one."""
        attempts.count([ADA], NOW)

        counts = attempts.count([ADA], NOW + WINDOW)

        assert counts == [Count("ada", 1, NOW + WINDOW)]

    def test_ends_a_window_of_a_wrong_clock(self, attempts: AttemptStore) -> None:
        """A clock that was a day ahead and was put right locks nobody out until that day."""
        attempts.count([ADA], NOW + timedelta(days=1))

        counts = attempts.count([ADA], NOW)

        assert counts == [Count("ada", 1, NOW)]

    def test_keeps_a_window_of_a_clock_that_is_a_little_ahead(self, attempts: AttemptStore) -> None:
        """The clocks of two machines differ, and an attempt at each counts in one window."""
        attempts.count([ADA], NOW + WINDOW - TICK)

        counts = attempts.count([ADA], NOW)

        assert counts == [Count("ada", 2, NOW + WINDOW - TICK)]

    def test_counts_each_key(self, attempts: AttemptStore) -> None:
        """One call counts several keys, and each key has its own count."""
        attempts.count([ADA], NOW)

        counts = attempts.count([BOB, ADA], NOW)

        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 1)}

    def test_undoes_one_attempt(self, attempts: AttemptStore) -> None:
        """One attempt is subtracted from the named keys, and none from any other."""
        for _ in range(2):
            attempts.count([ADA, BOB], NOW)

        attempts.undo(["ada"])

        counts = attempts.count([ADA, BOB], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 3)}

    def test_undoing_the_only_attempt_keeps_its_window(self, attempts: AttemptStore) -> None:
        """The next attempt counts in the same window, although its count was zero."""
        attempts.count([ADA], NOW)

        attempts.undo(["ada"])

        assert attempts.count([ADA], NOW + TICK) == [Count("ada", 1, NOW)]

    def test_never_counts_below_zero(self, attempts: AttemptStore) -> None:
        """Undoing an attempt twice, or one that was never counted, gives nobody a free attempt."""
        attempts.count([ADA], NOW)
        attempts.undo(["ada"])

        attempts.undo(["ada", "bob"])

        counts = attempts.count([ADA, BOB], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 1), ("bob", 1)}

    def test_keeps_what_has_not_expired(self, attempts: AttemptStore) -> None:
        """Deleting expired counts spares a window until its very end."""
        attempts.count([ADA], NOW)

        attempts.delete_expired(NOW + WINDOW - TICK)

        assert attempts.count([ADA], NOW) == [Count("ada", 2, NOW)]

    def test_stores_nothing_beyond_the_limit(self, attempts: AttemptStore) -> None:
        """An attempt beyond one of its limits is counted for none of them, and starts no window."""
        for _ in range(3):
            attempts.count([ADA], NOW)

        attempts.count([ADA, BOB], NOW + TICK)

        assert attempts.count([BOB], NOW + 2 * TICK) == [Count("bob", 1, NOW + 2 * TICK)]

    def test_returns_the_counts_that_refuse(self, attempts: AttemptStore) -> None:
        """Beyond a limit its count with this attempt is returned, and the next time the same."""
        for _ in range(3):
            attempts.count([ADA], NOW)
        attempts.count([ADA, BOB], NOW)

        counts = attempts.count([BOB, ADA], NOW)

        assert counts == [Count("ada", 4, NOW)]

    def test_counts_again_after_a_window_that_was_full(self, attempts: AttemptStore) -> None:
        """A limit that was reached in one window does not stop the first attempt of the next."""
        for _ in range(4):
            attempts.count([ADA], NOW)

        counts = attempts.count([ADA], NOW + WINDOW)

        assert counts == [Count("ada", 1, NOW + WINDOW)]
