"""PostgreSQL keeps the same contract as the fake that the unit tests count with.

The assertions stand once, in tests/contracts/attempts.py; the fake's turn is
tests/unit/test_attempts_contract.py. What only a table has: test_attempts_table.py.
"""

import pytest

from app.adapters.attempts import AttemptRepository
from app.adapters.database import Database
from tests.contracts.attempts import WINDOW, AttemptStoreContract


@pytest.fixture
def attempts(database: Database) -> AttemptRepository:
    """Return the adapter of the table `attempts`."""
    return AttemptRepository(database, WINDOW)


class TestAttempts(AttemptStoreContract):
    """Every test of the contract, run on PostgreSQL."""
