"""The fake keeps the same contract as PostgreSQL.

What the limits' tests show with it would else be true of a dictionary alone. The adapter's turn:
tests/integration/test_attempts_contract.py.
"""

import pytest

from tests.builders import NOW
from tests.contracts.attempts import WINDOW, AttemptsContract
from tests.unit.fakes import FakeAttempts


@pytest.fixture
def attempts() -> FakeAttempts:
    """Return the fake."""
    return FakeAttempts(WINDOW)


class TestFakeAttempts(AttemptsContract):
    """Every test of the contract, run on the fake."""


def test_forgets_what_expired(attempts: FakeAttempts) -> None:
    """A count is deleted when its window is over; the port has no way to see that.

    Sibling: tests/integration/test_attempts_table.py::test_forgets_what_expired.
    """
    attempts.count(["ada"], NOW)

    attempts.forget_expired(NOW + WINDOW)

    assert {} == attempts.counts
