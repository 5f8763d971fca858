"""Sign-up, and the account that a token belongs to."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.breaches import PwnedPasswords
from app.adapters.passwords import Argon2Passwords
from app.adapters.users import UserRepository
from app.domain.errors import EmailTakenError
from tests.support.factories import ADA, CHEAP_HASHER, NOW, make_user

pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_signs_up(client: FlaskClient, mocker: MockerFixture) -> None:
    """A new account is stored under its canonical e-mail, with the time of the request.

    Sibling: tests/integration/api/test_accounts.py::test_signs_up.
    """
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(Argon2Passwords, "hash", autospec=True, return_value="a hash")
    add = mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    response = client.post("/api/users", json=ADA)

    assert response.status_code == 201
    add.assert_called_once_with(mocker.ANY, "ada@example.org", "a hash", NOW)


def test_says_where_a_new_account_is(client: FlaskClient, mocker: MockerFixture) -> None:
    """The Location header of a sign-up holds no id: every account has the same address."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    response = client.post("/api/users", json=ADA)

    assert response.headers["Location"] == "/api/users/me"


def test_shows_an_account_without_its_password(client: FlaskClient, mocker: MockerFixture) -> None:
    """The response to a sign-up has three fields, and none of them depends on the password."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    response = client.post("/api/users", json=ADA)

    assert response.get_json() == {
        "id": 7,
        "email": "ada@example.org",
        "created_at": "2026-03-14T15:09:26+00:00",
    }


def test_refuses_a_breached_password(client: FlaskClient, mocker: MockerFixture) -> None:
    """A password that is known from data breaches creates no account.

    Siblings: tests/integration/api/test_accounts.py::test_refuses_a_breached_password,
    tests/e2e/test_accounts.py::test_refuses_a_breached_password.
    """
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=True)
    add = mocker.patch.object(UserRepository, "add", autospec=True)
    ada = {"email": "ada@example.org", "password": "correct horse battery"}

    response = client.post("/api/users", json=ada)

    assert response.get_json()["errors"][0]["pointer"] == "#/password"
    add.assert_not_called()


def test_looks_up_the_password_as_it_was_typed(client: FlaskClient, mocker: MockerFixture) -> None:
    """The breach check gets the password with the spaces around it, which belong to it."""
    contain = mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=True)

    client.post("/api/users", json=ADA)

    assert contain.call_args.args[-1] == " Correct horse battery "


def test_hashes_the_password_as_it_was_typed(client: FlaskClient, mocker: MockerFixture) -> None:
    """The stored hash is that of the password with the spaces around it."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    add = mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    client.post("/api/users", json=ADA)

    [_, _, password_hash, _] = add.call_args.args
    assert CHEAP_HASHER.verify(password_hash, " Correct horse battery ")


def test_hashes_the_password_in_its_canonical_form(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """The breach check and the hash get é as one character, although it was typed as two."""
    contain = mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    hash_ = mocker.patch.object(Argon2Passwords, "hash", autospec=True, return_value="a hash")
    mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    client.post("/api/users", json=ADA | {"password": "Le cafe\u0301 du\u00a0coin"})

    assert contain.call_args.args[-1] == "Le café du coin"
    assert hash_.call_args.args[-1] == "Le café du coin"


@pytest.mark.parametrize(
    ("password", "status"),
    [
        pytest.param("e\u0301" * 11, 422, id="11 characters, typed as 22"),
        pytest.param("e\u0301" * 128, 201, id="128 characters, typed as 256"),
    ],
)
def test_counts_the_characters_of_a_password_in_its_canonical_form(
    password: str, status: int, client: FlaskClient, mocker: MockerFixture
) -> None:
    """The limits are the same on every keyboard."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())

    response = client.post("/api/users", json=ADA | {"password": password})

    assert response.status_code == status


@pytest.mark.parametrize("body", [[], "text", {"password": 7}, {}])
def test_a_body_of_another_shape_has_no_canonical_form(body: object, client: FlaskClient) -> None:
    """It is refused like any other that does not fit the schema."""
    response = client.post("/api/users", json=body)

    assert response.status_code == 422


def test_refuses_an_email_that_is_taken(client: FlaskClient, mocker: MockerFixture) -> None:
    """A second account with the same e-mail is a conflict, not a validation error.

    Sibling: tests/integration/api/test_accounts.py::test_refuses_an_email_that_is_taken.
    """
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(UserRepository, "add", autospec=True, side_effect=EmailTakenError)

    response = client.post("/api/users", json=ADA)

    assert response.status_code == 409


def test_shows_the_account_of_the_token(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """The token alone decides whose account is shown."""
    get = mocker.patch.object(
        UserRepository, "get", autospec=True, return_value=make_user("ada@example.org")
    )

    response = api_client.get("/api/users/me")

    assert response.get_json()["email"] == "ada@example.org"
    get.assert_called_once_with(mocker.ANY, 7)


def test_does_not_show_a_deleted_account(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """A valid token is not enough: the account must still exist."""
    mocker.patch.object(UserRepository, "get", autospec=True, return_value=None)

    response = api_client.get("/api/users/me")

    assert response.status_code == 401
