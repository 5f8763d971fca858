"""Too many attempts: what counts, what is taken back, and what is not even tried."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import StorageUnavailableError
from app.domain.limits import Count
from tests.builders import NOW
from tests.unit.builders import ADA, RULES, WINDOW
from tests.unit.fakes import FakeAttempts

[ACCOUNT, ADDRESS] = [limit.key for limit in RULES.sign_in("ada@example.org", "127.0.0.1")]
[SIGN_UP] = [limit.key for limit in RULES.sign_up("127.0.0.1")]
pytestmark = pytest.mark.usefixtures("frozen_clock")


def use_up(attempts: FakeAttempts, key: str, most: int) -> None:
    """Make as many attempts as are allowed."""
    for _ in range(most):
        attempts.count([key], NOW)


def test_a_failed_sign_in_stays_counted(anonymous: FlaskClient, attempts: FakeAttempts) -> None:
    """A failure counts once for the account and once for the address."""
    anonymous.post("/api/sessions", json=ADA)

    assert {
        ACCOUNT: Count(ACCOUNT, 1, NOW),
        ADDRESS: Count(ADDRESS, 1, NOW),
    } == attempts.counts


def test_a_sign_in_counts_before_its_outcome_is_known(
    anonymous: FlaskClient, attempts: FakeAttempts, users: Mock
) -> None:
    """An attempt without outcome is counted: many at once cannot slip through."""
    users.find.side_effect = StorageUnavailableError

    anonymous.post("/api/sessions", json=ADA)

    assert {ACCOUNT, ADDRESS} == attempts.counts.keys()


@pytest.mark.usefixtures("right_password")
def test_a_successful_sign_in_is_not_counted(
    anonymous: FlaskClient, attempts: FakeAttempts
) -> None:
    """Only failures count: a success takes its attempt back."""
    anonymous.post("/api/sessions", json=ADA)

    assert [0, 0] == [count.attempts for count in attempts.counts.values()]


def test_a_failed_sign_in_clears_old_counts_away(
    anonymous: FlaskClient, attempts: FakeAttempts
) -> None:
    """The counts of windows that are over do not pile up."""
    attempts.count(["an old one"], NOW - WINDOW)

    anonymous.post("/api/sessions", json=ADA)

    assert "an old one" not in attempts.counts


@pytest.mark.usefixtures("right_password")
@pytest.mark.parametrize(
    ("key", "most"),
    [
        pytest.param(ACCOUNT, RULES.failures_per_account, id="for one account"),
        pytest.param(ADDRESS, RULES.failures_per_address, id="from one address"),
    ],
)
def test_refuses_too_many_sign_ins_before_it_compares(
    key: str, most: int, anonymous: FlaskClient, attempts: FakeAttempts, passwords: Mock
) -> None:
    """Beyond a limit not even the right password is looked at."""
    use_up(attempts, key, most)

    response = anonymous.post("/api/sessions", json=ADA)

    assert HTTPStatus.TOO_MANY_REQUESTS == response.status_code
    passwords.verify.assert_not_called()


def test_a_refused_sign_in_is_not_counted(anonymous: FlaskClient, attempts: FakeAttempts) -> None:
    """Who knocks while locked out does not lock out the neighbours behind the same address."""
    use_up(attempts, ACCOUNT, RULES.failures_per_account)

    anonymous.post("/api/sessions", json=ADA)

    assert 0 == attempts.counts[ADDRESS].attempts


def test_refuses_too_many_sign_ups_before_it_hashes(
    anonymous: FlaskClient, attempts: FakeAttempts, passwords: Mock
) -> None:
    """Beyond the limit a sign-up costs no hash and says when to try again."""
    use_up(attempts, SIGN_UP, RULES.sign_ups_per_address)

    response = anonymous.post("/api/users", json=ADA)

    assert (HTTPStatus.TOO_MANY_REQUESTS, "900") == (
        response.status_code,
        response.headers["Retry-After"],
    )
    passwords.hash.assert_not_called()
