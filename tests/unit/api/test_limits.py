"""Rate limits: which attempts count, and what a request beyond the limit costs."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.breaches import PwnedPasswords
from app.adapters.passwords import Argon2Passwords
from app.adapters.users import UserRepository
from app.domain.errors import BusyError, StorageUnavailableError
from app.domain.limits import Count, Limit
from tests.support.factories import ADA, NOW, WINDOW, make_credentials
from tests.support.fakes import FakeAttemptStore

ACCOUNT = "sign-in 127.0.0.1/32 ada@example.org"
ADDRESS = "sign-in 127.0.0.1/32"
SIGN_UP = "sign-up 127.0.0.1/32"
pytestmark = pytest.mark.usefixtures("frozen_clock")


def use_up(attempts: FakeAttemptStore, key: str, max_attempts: int) -> None:
    """Make as many attempts as the limit allows."""
    for _ in range(max_attempts):
        attempts.count([Limit(key, max_attempts)], NOW)


def test_counts_a_failed_sign_in(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """A failure counts once for the account and once for the address."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)

    client.post("/api/sessions", json=ADA)

    assert attempts.counts == {
        ACCOUNT: Count(ACCOUNT, 1, NOW),
        ADDRESS: Count(ADDRESS, 1, NOW),
    }


def test_counts_a_sign_in_before_its_outcome_is_known(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """Counting first closes a race: many attempts at once cannot pass before the first fails."""
    mocker.patch.object(UserRepository, "find", autospec=True, side_effect=StorageUnavailableError)

    client.post("/api/sessions", json=ADA)

    assert attempts.counts.keys() == {ACCOUNT, ADDRESS}


def test_does_not_count_a_successful_sign_in(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """A success undoes its attempt, for the account as for the address."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())

    client.post("/api/sessions", json=ADA)

    assert attempts.counts == {
        ACCOUNT: Count(ACCOUNT, 0, NOW),
        ADDRESS: Count(ADDRESS, 0, NOW),
    }


@pytest.mark.parametrize("path", ["/api/sessions", "/api/users"])
def test_an_attempt_deletes_expired_counts(
    path: str, client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """Whatever adds counts also removes old ones, so that they do not fill the database."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=True)
    attempts.count([Limit("an old one", 1)], NOW - WINDOW)

    client.post(path, json=ADA)

    assert "an old one" not in attempts.counts


def test_does_not_count_a_sign_in_that_it_is_too_busy_to_decide(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """A minute of overload must not lock people out for the quarter of an hour after it."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    mocker.patch.object(Argon2Passwords, "verify", autospec=True, side_effect=BusyError)

    client.post("/api/sessions", json=ADA)

    assert attempts.counts[ACCOUNT].attempts == 0


def test_does_not_count_a_sign_up_that_it_is_too_busy_to_decide(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """Someone who is told to try again in a few seconds has not used up an attempt."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(Argon2Passwords, "hash", autospec=True, side_effect=BusyError)

    client.post("/api/users", json=ADA)

    assert attempts.counts[SIGN_UP].attempts == 0


@pytest.mark.parametrize(
    ("key", "max_attempts"),
    [
        pytest.param(ACCOUNT, 2, id="for one account"),
        pytest.param(ADDRESS, 5, id="from one address"),
    ],
)
def test_refuses_too_many_sign_ins(
    key: str, max_attempts: int, client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """The attempt after the last allowed one is rejected without a look at the account."""
    use_up(attempts, key, max_attempts)

    response = client.post("/api/sessions", json=ADA)

    assert response.status_code == 429


def test_compares_no_password_beyond_the_limit(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """Not even the right password is verified, since a guess must not be confirmed."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    verify = mocker.patch.object(Argon2Passwords, "verify", autospec=True, return_value=True)
    use_up(attempts, ACCOUNT, 2)

    client.post("/api/sessions", json=ADA)

    verify.assert_not_called()


def test_does_not_count_a_refused_sign_in(client: FlaskClient, attempts: FakeAttemptStore) -> None:
    """Attempts on a locked account do not use up the limit of its address, which others share."""
    use_up(attempts, ACCOUNT, 2)

    client.post("/api/sessions", json=ADA)

    assert ADDRESS not in attempts.counts


def test_stores_nothing_for_a_blocked_address(
    client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """Each e-mail has a count of its own, so refused attempts could otherwise fill the database."""
    use_up(attempts, ADDRESS, 5)

    client.post("/api/sessions", json=ADA)

    assert attempts.counts == {ADDRESS: Count(ADDRESS, 5, NOW)}


def test_refuses_too_many_sign_ups(client: FlaskClient, attempts: FakeAttemptStore) -> None:
    """The response says in how many seconds the window of 15 minutes is over."""
    use_up(attempts, SIGN_UP, 3)

    response = client.post("/api/users", json=ADA)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"


def test_hashes_no_password_beyond_the_limit(
    client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """A rejected sign-up costs neither a request to the breach API nor a hash."""
    contain = mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    hash_ = mocker.patch.object(Argon2Passwords, "hash", autospec=True)
    use_up(attempts, SIGN_UP, 3)

    client.post("/api/users", json=ADA)

    contain.assert_not_called()
    hash_.assert_not_called()
