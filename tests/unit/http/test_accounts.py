"""The account routes: in which order they ask whom, and what they keep to themselves."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import EmailTakenError
from app.domain.limits import Count
from tests.builders import NOW
from tests.unit.builders import a_user

ADA = {"email": "Ada@Example.org", "password": "correct horse battery"}
KEYS = ["sign-in 127.0.0.1/32 ada@example.org", "sign-in 127.0.0.1/32"]
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_signs_up(anonymous: FlaskClient, users: Mock) -> None:
    """A new account is stored under its canonical e-mail with the password's hash.

    Sibling: tests/integration/test_accounts_api.py::test_signs_up.
    """
    users.add.return_value = a_user()

    response = anonymous.post("/api/users", json=ADA)

    assert HTTPStatus.CREATED == response.status_code
    users.add.assert_called_once_with("ada@example.org", "a hash", NOW)


def test_shows_an_account_without_its_password(anonymous: FlaskClient, users: Mock) -> None:
    """What is answered about an account is its id, e-mail and age, nothing of the password."""
    users.add.return_value = a_user()

    response = anonymous.post("/api/users", json=ADA)

    assert {"id", "email", "created_at"} == response.get_json().keys()


def test_refuses_a_breached_password(anonymous: FlaskClient, breaches: Mock, users: Mock) -> None:
    """A password that is known from breaches makes no account.

    Siblings: tests/integration/test_accounts_api.py::test_refuses_a_breached_password,
    tests/e2e/test_accounts.py::test_refuses_a_breached_password.
    """
    breaches.contain.return_value = True

    response = anonymous.post("/api/users", json=ADA)

    assert "#/password" == response.get_json()["errors"][0]["pointer"]
    users.add.assert_not_called()


def test_refuses_an_email_that_is_taken(anonymous: FlaskClient, users: Mock) -> None:
    """A second account with one e-mail is a conflict.

    Sibling: tests/integration/test_accounts_api.py::test_refuses_an_email_that_is_taken.
    """
    users.add.side_effect = EmailTakenError

    assert HTTPStatus.CONFLICT == anonymous.post("/api/users", json=ADA).status_code


def test_refuses_too_many_sign_ups_before_it_hashes(
    anonymous: FlaskClient, attempts: Mock, passwords: Mock
) -> None:
    """Beyond the limit a sign-up costs no hash and says when to try again."""
    attempts.count.return_value = [Count("sign-up 127.0.0.1/32", 4, NOW)]

    response = anonymous.post("/api/users", json=ADA)

    assert (HTTPStatus.TOO_MANY_REQUESTS, "900") == (
        response.status_code,
        response.headers["Retry-After"],
    )
    passwords.hash.assert_not_called()


def test_says_who_asks(client: FlaskClient, users: Mock) -> None:
    """A token's owner is shown."""
    users.get.return_value = a_user("ada@example.org")

    assert "ada@example.org" == client.get("/api/users/me").get_json()["email"]


def test_a_token_without_its_account_is_nobodys(client: FlaskClient, users: Mock) -> None:
    """When the account is gone, its token shows nobody."""
    users.get.return_value = None

    assert HTTPStatus.UNAUTHORIZED == client.get("/api/users/me").status_code
