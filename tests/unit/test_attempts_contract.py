"""The fake keeps the same contract as PostgreSQL.

What the limits' tests show with it would else be true of a dictionary alone. The adapter's turn:
tests/integration/database/test_attempts_contract.py.
"""

import pytest

from tests.contracts.attempts import WINDOW, AttemptStoreContract
from tests.support.factories import NOW
from tests.support.fakes import FakeAttemptStore


@pytest.fixture
def attempts() -> FakeAttemptStore:
    """Return the fake."""
    return FakeAttemptStore(WINDOW)


class TestFakeAttemptStore(AttemptStoreContract):
    """Every test of the contract, run on the fake."""


def test_forgets_what_expired(attempts: FakeAttemptStore) -> None:
    """A count is deleted when its window is over; the port has no way to see that.

    Sibling: tests/integration/database/test_attempts_table.py::test_forgets_what_expired.
    """
    attempts.count(["ada"], NOW)

    attempts.delete_expired(NOW + WINDOW)

    assert attempts.counts == {}
