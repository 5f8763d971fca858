"""AttemptRepository: what only the table shows. The rest: test_attempts_contract.py."""

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.attempts import AttemptRepository
from app.adapters.database import Database
from app.domain.limits import Limit
from tests.contracts.attempts import ADA, BOB, WINDOW
from tests.support.factories import NOW


@pytest.fixture
def attempts(database: Database) -> AttemptRepository:
    """Run the repository's statements on the shared pool."""
    return AttemptRepository(database, WINDOW)


def keys_in(db: psycopg.Connection[TupleRow]) -> list[str]:
    """Return the keys that have a count."""
    return [key for (key,) in db.execute("SELECT key FROM attempts ORDER BY key")]


def test_forgets_what_expired(
    attempts: AttemptRepository, db: psycopg.Connection[TupleRow]
) -> None:
    """A count is deleted when its window has ended.

    Sibling: tests/unit/test_attempts_contract.py::test_forgets_what_expired.
    """
    attempts.count([ADA], NOW)

    attempts.delete_expired(NOW + WINDOW)

    assert keys_in(db) == []


def test_skips_a_locked_count(
    attempts: AttemptRepository, db: psycopg.Connection[TupleRow]
) -> None:
    """A count that another transaction has locked is left for the next call."""
    attempts.count([ADA, BOB], NOW)

    with db.transaction():
        db.execute("SELECT FROM attempts WHERE key = 'ada' FOR UPDATE")
        attempts.delete_expired(NOW + WINDOW)

    assert keys_in(db) == ["ada"]


def test_deletes_the_oldest_hundred(
    attempts: AttemptRepository, db: psycopg.Connection[TupleRow]
) -> None:
    """One call deletes at most a hundred counts, the oldest first, to stay fast."""
    attempts.count([Limit("newest", 1)], NOW + WINDOW)
    attempts.count([Limit(f"old {number}", 1) for number in range(100)], NOW)

    attempts.delete_expired(NOW + 2 * WINDOW)

    assert keys_in(db) == ["newest"]
