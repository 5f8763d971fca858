"""The fake fulfils the same contract as PostgreSQL.

Without it, the tests of rate limits would only be true of a dictionary. The adapter's run of the
contract: tests/integration/database/test_attempts_contract.py.
"""

from tests.contracts.attempts import ADA, AttemptStoreContract
from tests.support.factories import NOW, WINDOW
from tests.support.fakes import FakeAttemptStore


class TestFakeAttemptStore(AttemptStoreContract):
    """Runs every test of the contract on the fake, which the fixture `attempts` makes."""


def test_forgets_what_expired(attempts: FakeAttemptStore) -> None:
    """The count itself is gone, which no method of the port can show.

    Sibling: tests/integration/database/test_attempts_table.py::test_forgets_what_expired.
    """
    attempts.count([ADA], NOW)

    attempts.delete_expired(NOW + WINDOW)

    assert attempts.counts == {}
