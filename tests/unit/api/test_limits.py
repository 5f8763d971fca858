"""Too many attempts: what counts, what is taken back, and what is not even tried."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import StorageUnavailableError
from app.domain.limits import Count
from tests.support.factories import NOW
from tests.support.fakes import FakeAttemptStore
from tests.support.unit_factories import ADA, RULES, WINDOW

[ACCOUNT, ADDRESS] = [limit.key for limit in RULES.sign_in("ada@example.org", "127.0.0.1")]
[SIGN_UP] = [limit.key for limit in RULES.sign_up("127.0.0.1")]
pytestmark = pytest.mark.usefixtures("frozen_clock")


def use_up(attempts: FakeAttemptStore, key: str, max_attempts: int) -> None:
    """Make as many attempts as are allowed."""
    for _ in range(max_attempts):
        attempts.count([key], NOW)


def test_a_failed_sign_in_stays_counted(client: FlaskClient, attempts: FakeAttemptStore) -> None:
    """A failure counts once for the account and once for the address."""
    client.post("/api/sessions", json=ADA)

    assert attempts.counts == {
        ACCOUNT: Count(ACCOUNT, 1, NOW),
        ADDRESS: Count(ADDRESS, 1, NOW),
    }


def test_a_sign_in_counts_before_its_outcome_is_known(
    client: FlaskClient, attempts: FakeAttemptStore, users: Mock
) -> None:
    """An attempt without outcome is counted: many at once cannot slip through."""
    users.find.side_effect = StorageUnavailableError

    client.post("/api/sessions", json=ADA)

    assert attempts.counts.keys() == {ACCOUNT, ADDRESS}


@pytest.mark.usefixtures("correct_password")
def test_a_successful_sign_in_is_not_counted(
    client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """Only failures count: a success takes its attempt back."""
    client.post("/api/sessions", json=ADA)

    assert [count.attempts for count in attempts.counts.values()] == [0, 0]


def test_a_failed_sign_in_clears_old_counts_away(
    client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """The counts of windows that are over do not pile up."""
    attempts.count(["an old one"], NOW - WINDOW)

    client.post("/api/sessions", json=ADA)

    assert "an old one" not in attempts.counts


@pytest.mark.usefixtures("correct_password")
@pytest.mark.parametrize(
    ("key", "max_attempts"),
    [
        pytest.param(ACCOUNT, RULES.failures_per_account, id="for one account"),
        pytest.param(ADDRESS, RULES.failures_per_address, id="from one address"),
    ],
)
def test_refuses_too_many_sign_ins_before_it_compares(
    key: str, max_attempts: int, client: FlaskClient, attempts: FakeAttemptStore, passwords: Mock
) -> None:
    """Beyond a limit not even the right password is looked at."""
    use_up(attempts, key, max_attempts)

    response = client.post("/api/sessions", json=ADA)

    assert response.status_code == 429
    passwords.verify.assert_not_called()


def test_a_refused_sign_in_is_not_counted(client: FlaskClient, attempts: FakeAttemptStore) -> None:
    """Who knocks while locked out does not lock out the neighbours behind the same address."""
    use_up(attempts, ACCOUNT, RULES.failures_per_account)

    client.post("/api/sessions", json=ADA)

    assert attempts.counts[ADDRESS].attempts == 0


def test_refuses_too_many_sign_ups_before_it_hashes(
    client: FlaskClient, attempts: FakeAttemptStore, passwords: Mock
) -> None:
    """Beyond the limit a sign-up costs no hash and says when to try again."""
    use_up(attempts, SIGN_UP, RULES.sign_ups_per_address)

    response = client.post("/api/users", json=ADA)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    passwords.hash.assert_not_called()
