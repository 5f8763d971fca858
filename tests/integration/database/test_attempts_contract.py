"""The contract of AttemptStore, run against PostgreSQL.

The assertions stand once, in tests/contracts/attempts.py; tests/unit/test_attempts_contract.py runs
them against the fake. What only a table has: test_attempts_table.py.
"""

import pytest

from app.adapters.attempts import AttemptRepository
from app.adapters.database import Database
from tests.contracts.attempts import WINDOW, AttemptStoreContract


@pytest.fixture
def attempts(database: Database) -> AttemptRepository:
    """Give the contract the real repository."""
    return AttemptRepository(database, WINDOW)


class TestAttempts(AttemptStoreContract):
    """Inherit every test of the contract."""
