"""Signing in and out: what is asked of whom, and what is kept to oneself."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import BusyError, InvalidTokenError, StorageUnavailableError
from tests.unit.builders import ADA, FROM_OUR_PAGE, USER_ID, credentials


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


@pytest.mark.usefixtures("right_password")
def test_signs_in_to_the_account_of_the_email(
    anonymous: FlaskClient, users: Mock, passwords: Mock, tokens: Mock
) -> None:
    """Who gives the account's password, as it was typed at sign-up, gets a token of the account."""
    anonymous.post("/api/sessions", json=ADA)

    users.find.assert_called_once_with("ada@example.org")
    passwords.verify.assert_called_once_with(ADA["password"], "the stored hash")
    tokens.issue.assert_called_once_with(USER_ID)


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


def test_says_that_it_is_busy(anonymous: FlaskClient, passwords: Mock) -> None:
    """When too many passwords are being compared, the answer is 503 and not a long wait."""
    passwords.verify.side_effect = BusyError

    response = anonymous.post("/api/sessions", json=ADA)

    assert HTTPStatus.SERVICE_UNAVAILABLE == response.status_code


def test_signing_out_clears_the_cookie(our_page: FlaskClient) -> None:
    """After signing out the browser has no cookie."""
    response = our_page.delete("/api/sessions/current", headers=FROM_OUR_PAGE)

    assert HTTPStatus.NO_CONTENT == response.status_code
    assert our_page.get_cookie("session") is None


def test_signing_out_needs_no_valid_token(our_page: FlaskClient, tokens: Mock) -> None:
    """Who is not signed in any more gets rid of the cookie all the same."""
    tokens.read.side_effect = InvalidTokenError

    our_page.delete("/api/sessions/current", headers=FROM_OUR_PAGE)

    assert our_page.get_cookie("session") is None


def test_signing_out_needs_no_database(our_page: FlaskClient, live: Mock) -> None:
    """While other pages cannot be told, the browser forgets its cookie all the same."""
    live.sign_out.side_effect = StorageUnavailableError

    our_page.delete("/api/sessions/current", headers=FROM_OUR_PAGE)

    assert our_page.get_cookie("session") is None
