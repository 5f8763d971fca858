"""Signing in and out: what is asked of whom, and what is kept to oneself."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import BusyError, InvalidTokenError, StorageUnavailableError
from tests.support.unit_factories import ADA, SAME_ORIGIN, USER_ID, make_credentials


@pytest.mark.usefixtures("correct_password")
def test_signs_in(client: FlaskClient) -> None:
    """The right password is exchanged for a token."""
    response = client.post("/api/sessions", json=ADA)

    assert response.get_json() == {
        "token": "a.new.token",
        "token_type": "Bearer",
        "expires_in": 3600,
    }


@pytest.mark.usefixtures("correct_password")
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client: FlaskClient) -> None:
    """The cookie is HttpOnly, SameSite=Strict and lasts as long as its token."""
    client.post("/api/sessions", json=ADA)

    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert cookie.max_age == 3600


def test_refuses_a_wrong_password(client: FlaskClient, users: Mock) -> None:
    """A wrong password gets no token and no cookie.

    Siblings: tests/integration/api/test_accounts.py::test_refuses_a_wrong_password,
    tests/e2e/test_accounts.py::test_refuses_a_wrong_password.
    """
    users.find.return_value = make_credentials()

    response = client.post("/api/sessions", json=ADA)

    assert response.status_code == 401
    assert client.get_cookie("session") is None


@pytest.mark.usefixtures("correct_password")
def test_signs_in_to_the_account_of_the_email(
    client: FlaskClient, users: Mock, passwords: Mock, tokens: Mock
) -> None:
    """Who gives the account's password, as it was typed at sign-up, gets a token of the account."""
    client.post("/api/sessions", json=ADA)

    users.find.assert_called_once_with("ada@example.org")
    passwords.verify.assert_called_once_with(ADA["password"], "the stored hash")
    tokens.issue.assert_called_once_with(USER_ID)


def test_an_unknown_email_is_answered_like_a_wrong_password(
    client: FlaskClient, users: Mock
) -> None:
    """The answer does not tell whether an account exists."""
    users.find.side_effect = [make_credentials(), None]

    known, unknown = (client.post("/api/sessions", json=ADA) for _ in range(2))

    assert unknown.data == known.data


@pytest.mark.parametrize(
    ("found", "stored"),
    [(make_credentials(), "the stored hash"), (None, None)],
    ids=["known", "unknown"],
)
def test_every_sign_in_compares_one_hash(
    found: object, stored: str | None, client: FlaskClient, users: Mock, passwords: Mock
) -> None:
    """The time of the answer does not tell whether an account exists either."""
    users.find.return_value = found

    client.post("/api/sessions", json=ADA)

    passwords.verify.assert_called_once_with(ADA["password"], stored)


def test_says_that_it_is_busy(client: FlaskClient, passwords: Mock) -> None:
    """When too many passwords are being compared, the answer is 503 and not a long wait."""
    passwords.verify.side_effect = BusyError

    response = client.post("/api/sessions", json=ADA)

    assert response.status_code == 503


def test_signing_out_clears_the_cookie(browser_client: FlaskClient) -> None:
    """After signing out the browser has no cookie."""
    response = browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert response.status_code == 204
    assert browser_client.get_cookie("session") is None


def test_signing_out_needs_no_valid_token(browser_client: FlaskClient, tokens: Mock) -> None:
    """Who is not signed in any more gets rid of the cookie all the same."""
    tokens.read.side_effect = InvalidTokenError

    browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert browser_client.get_cookie("session") is None


def test_signing_out_needs_no_database(browser_client: FlaskClient, live: Mock) -> None:
    """While other pages cannot be told, the browser forgets its cookie all the same."""
    live.sign_out.side_effect = StorageUnavailableError

    browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert browser_client.get_cookie("session") is None
