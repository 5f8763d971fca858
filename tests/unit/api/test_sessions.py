"""Signing in and out."""

import argon2
import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.live import LiveUpdates
from app.adapters.passwords import Argon2Passwords
from app.adapters.users import UserRepository
from app.domain.accounts import Credentials
from app.domain.errors import BusyError, StorageUnavailableError
from tests.support.factories import ADA, SAME_ORIGIN, USER_ID, make_credentials, make_tokens


def test_signs_in(client: FlaskClient, mocker: MockerFixture) -> None:
    """The right password is exchanged for a token of the account, which lasts for an hour."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())

    session = client.post("/api/sessions", json=ADA).get_json()

    assert session == {"token": mocker.ANY, "token_type": "Bearer", "expires_in": 3600}
    assert make_tokens().read(session["token"]).user_id == USER_ID


def test_scripts_and_other_sites_cannot_use_the_cookie(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """The cookie is HttpOnly and SameSite=Strict, and expires when its token does."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())

    client.post("/api/sessions", json=ADA)

    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert cookie.max_age == 3600


def test_signs_in_with_the_password_as_another_keyboard_types_it(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """The password was chosen on a system that types é as one character, and this one types two."""
    ada = make_credentials(password="Le café du coin")
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=ada)

    response = client.post("/api/sessions", json=ADA | {"password": "Le cafe\u0301 du\u3000coin"})

    assert response.status_code == 201


def test_refuses_a_wrong_password(client: FlaskClient, mocker: MockerFixture) -> None:
    """A wrong password gets no token and no cookie.

    Siblings: tests/integration/api/test_accounts.py::test_refuses_a_wrong_password,
    tests/e2e/test_accounts.py::test_refuses_a_wrong_password.
    """
    ada = make_credentials(password="correct horse battery")
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=ada)
    body = {"email": "ada@example.org", "password": "correct horse batterz"}

    response = client.post("/api/sessions", json=body)

    assert response.status_code == 401
    assert client.get_cookie("session") is None


def test_finds_the_account_by_its_canonical_email(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """People may type their e-mail in capitals, as they may at sign-up."""
    find = mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)

    client.post("/api/sessions", json={"email": "Ada@Example.org", "password": "a password"})

    find.assert_called_once_with(mocker.ANY, "ada@example.org")


def test_an_unknown_email_is_answered_like_a_wrong_password(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """The response does not reveal whether an account exists."""
    found = [make_credentials(password="another password"), None]
    mocker.patch.object(UserRepository, "find", autospec=True, side_effect=found)

    known, unknown = (client.post("/api/sessions", json=ADA) for _ in range(2))

    assert unknown.data == known.data


@pytest.mark.parametrize("found", [make_credentials(), None], ids=["known", "unknown"])
def test_every_sign_in_compares_one_hash(
    found: Credentials | None, client: FlaskClient, mocker: MockerFixture
) -> None:
    """An unknown e-mail takes as long as a known one, so timing reveals no account either."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=found)
    verify = mocker.spy(argon2.PasswordHasher, "verify")

    client.post("/api/sessions", json=ADA)

    assert verify.call_count == 1


def test_is_busy_while_too_many_passwords_are_compared(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """The client gets 503 at once, instead of a request that waits for its turn."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)
    mocker.patch.object(Argon2Passwords, "verify", autospec=True, side_effect=BusyError)

    response = client.post("/api/sessions", json=ADA)

    assert response.status_code == 503


def test_signing_out_clears_the_cookie(browser_client: FlaskClient) -> None:
    """The server has to do it, because the cookie is out of reach for the page's scripts."""
    response = browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert response.status_code == 204
    assert browser_client.get_cookie("session") is None


def test_signing_out_needs_no_valid_token(client: FlaskClient) -> None:
    """A browser whose session has expired still loses its cookie."""
    client.set_cookie("session", "not.a.token")

    client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert client.get_cookie("session") is None


def test_signing_out_needs_no_database(browser_client: FlaskClient, mocker: MockerFixture) -> None:
    """During an outage the page's connection stays open, but the cookie is gone."""
    mocker.patch.object(LiveUpdates, "sign_out", autospec=True, side_effect=StorageUnavailableError)

    browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert browser_client.get_cookie("session") is None
