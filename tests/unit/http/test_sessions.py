"""Signing in and out: what is asked of whom, and what is kept to oneself."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import BusyError
from app.domain.limits import Count
from tests.builders import NOW
from tests.unit.builders import credentials

ADA = {"email": "Ada@Example.org", "password": "correct horse battery"}
KEYS = ["sign-in 127.0.0.1/32 ada@example.org", "sign-in 127.0.0.1/32"]
pytestmark = pytest.mark.usefixtures("frozen_clock")


@pytest.mark.usefixtures("right_password")
def test_signs_in(anonymous: FlaskClient) -> None:
    """The right password is exchanged for a token."""
    response = anonymous.post("/api/sessions", json=ADA)

    assert {
        "token": "a.new.token",
        "token_type": "Bearer",
        "expires_in": 3600,
    } == response.get_json()


@pytest.mark.usefixtures("right_password")
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(anonymous: FlaskClient) -> None:
    """The cookie is HttpOnly, SameSite=Strict and lasts as long as its token."""
    anonymous.post("/api/sessions", json=ADA)

    cookie = anonymous.get_cookie("session")
    assert cookie is not None
    assert (True, "Strict", 3600) == (cookie.http_only, cookie.same_site, cookie.max_age)


def test_refuses_a_wrong_password(anonymous: FlaskClient, users: Mock) -> None:
    """A wrong password gets no token and no cookie.

    Siblings: tests/integration/test_accounts_api.py::test_refuses_a_wrong_password,
    tests/e2e/test_accounts.py::test_refuses_a_wrong_password.
    """
    users.find.return_value = credentials()

    response = anonymous.post("/api/sessions", json=ADA)

    assert HTTPStatus.UNAUTHORIZED == response.status_code
    assert anonymous.get_cookie("session") is None


def test_an_unknown_email_is_answered_like_a_wrong_password(
    anonymous: FlaskClient, users: Mock
) -> None:
    """The answer does not tell whether an account exists."""
    users.find.side_effect = [credentials(), None]

    known, unknown = (anonymous.post("/api/sessions", json=ADA) for _ in range(2))

    assert known.data == unknown.data


@pytest.mark.parametrize(
    ("found", "stored"),
    [(credentials(), "the stored hash"), (None, None)],
    ids=["known", "unknown"],
)
def test_every_sign_in_compares_one_hash(
    found: object, stored: str | None, anonymous: FlaskClient, users: Mock, passwords: Mock
) -> None:
    """The time of the answer does not tell whether an account exists either."""
    users.find.return_value = found

    anonymous.post("/api/sessions", json=ADA)

    passwords.verify.assert_called_once_with(ADA["password"], stored)


def test_a_failed_sign_in_stays_counted(
    anonymous: FlaskClient, attempts: Mock, users: Mock
) -> None:
    """An attempt is counted before its outcome is known, and a failure is not taken back."""
    users.find.return_value = None

    anonymous.post("/api/sessions", json=ADA)

    attempts.count.assert_called_once_with(KEYS, NOW)
    attempts.forgive.assert_not_called()


def test_a_failed_sign_in_clears_old_counts_away(
    anonymous: FlaskClient, attempts: Mock, users: Mock
) -> None:
    """The counts of windows that are over do not pile up."""
    users.find.return_value = None

    anonymous.post("/api/sessions", json=ADA)

    attempts.forget_expired.assert_called_once_with(NOW)


@pytest.mark.usefixtures("right_password")
def test_a_successful_sign_in_is_not_counted(anonymous: FlaskClient, attempts: Mock) -> None:
    """Only failures count: a success takes its attempt back."""
    anonymous.post("/api/sessions", json=ADA)

    attempts.forgive.assert_called_once_with(KEYS)


def test_refuses_too_many_sign_ins_before_it_compares(
    anonymous: FlaskClient, attempts: Mock, passwords: Mock
) -> None:
    """Beyond the limit not even the right password is looked at."""
    attempts.count.return_value = [Count(KEYS[0], 3, NOW), Count(KEYS[1], 3, NOW)]

    response = anonymous.post("/api/sessions", json=ADA)

    assert HTTPStatus.TOO_MANY_REQUESTS == response.status_code
    passwords.verify.assert_not_called()


def test_a_refused_sign_in_is_not_counted(anonymous: FlaskClient, attempts: Mock) -> None:
    """Who knocks while locked out does not lock out the neighbours behind the same address."""
    attempts.count.return_value = [Count(KEYS[0], 3, NOW), Count(KEYS[1], 3, NOW)]

    anonymous.post("/api/sessions", json=ADA)

    attempts.forgive.assert_called_once_with(KEYS)


def test_says_that_it_is_busy(anonymous: FlaskClient, users: Mock, passwords: Mock) -> None:
    """When too many passwords are being compared, the answer is 503 and not a long wait."""
    users.find.return_value = None
    passwords.verify.side_effect = BusyError

    response = anonymous.post("/api/sessions", json=ADA)

    assert HTTPStatus.SERVICE_UNAVAILABLE == response.status_code


def test_signing_out_clears_the_cookie(anonymous: FlaskClient) -> None:
    """After signing out the browser has no cookie."""
    anonymous.set_cookie("session", "a.valid.token")

    response = anonymous.delete("/api/sessions/current", headers={"Sec-Fetch-Site": "same-origin"})

    assert HTTPStatus.NO_CONTENT == response.status_code
    assert anonymous.get_cookie("session") is None
