"""What every store of attempts does. A layer inherits it beside a fixture `attempts`.

Inherited, not imported by name: an assertion that is added here runs everywhere at once.
"""

from datetime import timedelta

from app.domain.limits import Count
from app.ports import AttemptStore
from tests.support.factories import NOW

WINDOW = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


class AttemptStoreContract:
    """Counts by key, in windows that begin with a key's first attempt."""

    def test_counts_from_one(self, attempts: AttemptStore) -> None:
        """The first attempt begins the window."""
        counts = attempts.count(["ada"], NOW)

        assert counts == [Count("ada", 1, NOW)]

    def test_counts_within_the_window(self, attempts: AttemptStore) -> None:
        """A later attempt adds one, and the window still begins with the first."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["ada"], NOW + WINDOW - TICK)

        assert counts == [Count("ada", 2, NOW)]

    def test_begins_anew_after_the_window(self, attempts: AttemptStore) -> None:
        """An attempt at the window's end is the first of a new window."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["ada"], NOW + WINDOW)

        assert counts == [Count("ada", 1, NOW + WINDOW)]

    def test_counts_each_key(self, attempts: AttemptStore) -> None:
        """One call counts several keys, each by itself."""
        attempts.count(["ada"], NOW)

        counts = attempts.count(["bob", "ada"], NOW)

        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 1)}

    def test_forgives_one_attempt(self, attempts: AttemptStore) -> None:
        """Forgiving takes one off the keys that are named, and off no other."""
        for _ in range(2):
            attempts.count(["ada", "bob"], NOW)

        attempts.undo(["ada"])

        counts = attempts.count(["ada", "bob"], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 2), ("bob", 3)}

    def test_forgives_the_attempt_and_not_its_window(self, attempts: AttemptStore) -> None:
        """A window goes on though its only attempt was forgiven."""
        attempts.count(["ada"], NOW)

        attempts.undo(["ada"])

        assert attempts.count(["ada"], NOW + TICK) == [Count("ada", 1, NOW)]

    def test_never_counts_below_zero(self, attempts: AttemptStore) -> None:
        """Forgiving what was forgiven already, or never counted, changes nothing."""
        attempts.count(["ada"], NOW)
        attempts.undo(["ada"])

        attempts.undo(["ada", "bob"])

        counts = attempts.count(["ada", "bob"], NOW)
        assert {(count.key, count.attempts) for count in counts} == {("ada", 1), ("bob", 1)}

    def test_forgets_nothing_too_early(self, attempts: AttemptStore) -> None:
        """What still counts survives the clearing away of what does not."""
        attempts.count(["ada"], NOW)

        attempts.delete_expired(NOW + WINDOW - TICK)

        assert attempts.count(["ada"], NOW) == [Count("ada", 2, NOW)]
