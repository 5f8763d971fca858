"""The account routes: in which order they ask whom, and what they keep to themselves."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import EmailTakenError
from tests.support.factories import NOW
from tests.support.unit_factories import ADA, make_user

pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_signs_up(client: FlaskClient, users: Mock) -> None:
    """A new account is stored under its canonical e-mail with the password's hash.

    Sibling: tests/integration/api/test_accounts.py::test_signs_up.
    """
    users.add.return_value = make_user()

    response = client.post("/api/users", json=ADA)

    assert response.status_code == 201
    users.add.assert_called_once_with("ada@example.org", "a hash", NOW)


def test_says_where_a_new_account_is(client: FlaskClient, users: Mock) -> None:
    """The answer to a sign-up names the account's address, the same for everybody."""
    users.add.return_value = make_user()

    response = client.post("/api/users", json=ADA)

    assert response.headers["Location"] == "/api/users/me"


def test_shows_an_account_without_its_password(client: FlaskClient, users: Mock) -> None:
    """What is answered about an account is its id, e-mail and age, nothing of the password."""
    users.add.return_value = make_user()

    response = client.post("/api/users", json=ADA)

    assert response.get_json().keys() == {"id", "email", "created_at"}


def test_refuses_a_breached_password(client: FlaskClient, breaches: Mock, users: Mock) -> None:
    """A password that is known from breaches makes no account.

    Siblings: tests/integration/api/test_accounts.py::test_refuses_a_breached_password,
    tests/e2e/test_accounts.py::test_refuses_a_breached_password.
    """
    breaches.contain.return_value = True

    response = client.post("/api/users", json=ADA)

    assert response.get_json()["errors"][0]["pointer"] == "#/password"
    users.add.assert_not_called()


def test_asks_about_the_password_itself(
    client: FlaskClient, breaches: Mock, passwords: Mock, users: Mock
) -> None:
    """What is looked up and what is hashed is the password as it was typed, spaces and all."""
    users.add.return_value = make_user()

    client.post("/api/users", json=ADA)

    breaches.contain.assert_called_once_with(ADA["password"])
    passwords.hash.assert_called_once_with(ADA["password"])


def test_refuses_an_email_that_is_taken(client: FlaskClient, users: Mock) -> None:
    """A second account with one e-mail is a conflict.

    Sibling: tests/integration/api/test_accounts.py::test_refuses_an_email_that_is_taken.
    """
    users.add.side_effect = EmailTakenError

    assert client.post("/api/users", json=ADA).status_code == 409


def test_says_who_asks(api_client: FlaskClient, users: Mock) -> None:
    """A token's owner is shown."""
    users.get.return_value = make_user("ada@example.org")

    assert api_client.get("/api/users/me").get_json()["email"] == "ada@example.org"


def test_a_token_without_its_account_is_nobodys(api_client: FlaskClient, users: Mock) -> None:
    """When the account is gone, its token shows nobody."""
    users.get.return_value = None

    assert api_client.get("/api/users/me").status_code == 401
