"""Our statements that count attempts, run by PostgreSQL."""

from datetime import datetime, timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.attempts import Attempts
from app.adapters.database import Database
from app.domain.limits import Count
from tests.builders import NOW

WINDOW = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


@pytest.fixture
def attempts(database: Database) -> Attempts:
    """Return the adapter of the table `attempts`."""
    return Attempts(database, WINDOW)


def keys_in(sql: psycopg.Connection[TupleRow]) -> list[str]:
    """Return the keys that are counted."""
    return [key for (key,) in sql.execute("SELECT key FROM attempts ORDER BY key")]


def test_counts_from_one(attempts: Attempts) -> None:
    """The first attempt begins the window."""
    counts = attempts.count(["ada"], NOW)

    assert [Count("ada", 1, NOW)] == counts


def test_counts_within_the_window(attempts: Attempts) -> None:
    """A later attempt adds one, and the window still begins with the first."""
    attempts.count(["ada"], NOW)

    counts = attempts.count(["ada"], NOW + WINDOW - TICK)

    assert [Count("ada", 2, NOW)] == counts


def test_begins_anew_after_the_window(attempts: Attempts) -> None:
    """An attempt at the window's end is the first of a new window."""
    attempts.count(["ada"], NOW)

    counts = attempts.count(["ada"], NOW + WINDOW)

    assert [Count("ada", 1, NOW + WINDOW)] == counts


def test_counts_each_key(attempts: Attempts) -> None:
    """One call counts several keys, each by itself."""
    attempts.count(["ada"], NOW)

    counts = attempts.count(["bob", "ada"], NOW)

    assert {("ada", 2), ("bob", 1)} == {(count.key, count.attempts) for count in counts}


def test_forgives_one_attempt(attempts: Attempts) -> None:
    """Forgiving takes one off the keys that are named, and off no other."""
    attempts.count(["ada", "bob"], NOW)

    attempts.forgive(["ada"])

    counts = attempts.count(["ada", "bob"], NOW)
    assert {("ada", 1), ("bob", 2)} == {(count.key, count.attempts) for count in counts}


def test_never_counts_below_zero(attempts: Attempts) -> None:
    """Forgiving what was forgiven already, or never counted, changes nothing."""
    attempts.count(["ada"], NOW)
    attempts.forgive(["ada"])

    attempts.forgive(["ada", "bob"])

    assert [Count("ada", 1, NOW)] == attempts.count(["ada"], NOW)


@pytest.mark.parametrize(
    ("now", "left"), [(NOW + WINDOW - TICK, ["ada"]), (NOW + WINDOW, [])], ids=["before", "at end"]
)
def test_forgets_what_expired(
    attempts: Attempts, sql: psycopg.Connection[TupleRow], now: datetime, left: list[str]
) -> None:
    """A count is deleted when its window is over, and not before."""
    attempts.count(["ada"], NOW)

    attempts.forget_expired(now)

    assert left == keys_in(sql)


def test_does_not_wait_to_forget(attempts: Attempts, sql: psycopg.Connection[TupleRow]) -> None:
    """A count that somebody else holds just now is left for the next time."""
    attempts.count(["ada", "bob"], NOW)

    with sql.transaction():
        sql.execute("SELECT FROM attempts WHERE key = 'ada' FOR UPDATE")
        attempts.forget_expired(NOW + WINDOW)

    assert ["ada"] == keys_in(sql)
