"""Signing up and signing in."""

from typing import Any

import psycopg
import pytest
import requests
import responses
from flask.testing import FlaskClient
from psycopg.rows import TupleRow

from app.adapters.breaches import split_hash
from tests.support.api_client import json_of, new_account, sign_in, sign_up
from tests.support.factories import make_email, make_password

PREFIX, SUFFIX = split_hash(make_password())
RANGE = f"https://api.pwnedpasswords.com/range/{PREFIX}"


def stub_answer(breach_api: responses.RequestsMock, **answer: Any) -> None:  # noqa: ANN401 -- the library's
    """Replace every answer of the breach API by this one."""
    breach_api.reset()
    breach_api.get(RANGE, **answer)


def test_signs_up(client: FlaskClient, db: psycopg.Connection[TupleRow]) -> None:
    """The answer has no password, and only its hash is stored.

    Sibling: tests/unit/api/test_accounts.py::test_signs_up.
    """
    email = make_email()

    response = sign_up(client, email)

    account = json_of(response)
    assert response.status_code == 201
    assert set(account) == {"id", "email", "created_at"}
    [stored] = db.execute("SELECT id, email, left(password_hash, 10) FROM users").fetchall()
    assert stored == (account["id"], email, "$argon2id$")


def test_refuses_an_email_that_is_taken(client: FlaskClient) -> None:
    """An e-mail address has one account, in capitals or not.

    Sibling: tests/unit/api/test_accounts.py::test_refuses_an_email_that_is_taken.
    """
    email = new_account(client)

    response = sign_up(client, email.upper())

    assert response.status_code == 409


def test_refuses_a_breached_password(
    client: FlaskClient, breach_api: responses.RequestsMock
) -> None:
    """A password that the breach API lists is refused, and no account is created.

    Siblings: tests/unit/api/test_accounts.py::test_refuses_a_breached_password,
    tests/e2e/test_accounts.py::test_refuses_a_breached_password.
    """
    email = make_email()
    stub_answer(breach_api, body=f"{'0' * 35}:0\r\n{SUFFIX}:7")

    response = sign_up(client, email)

    [error] = json_of(response)["errors"]
    assert response.status_code == 422
    assert error["pointer"] == "#/password"
    assert sign_in(client, email).status_code == 401


@pytest.mark.parametrize(
    "answer",
    [
        {"body": requests.ConnectionError()},
        {"status": 503},
        {"body": "<html>Welcome to our hotel's network</html>"},
        {"status": 302, "headers": {"Location": "https://other.example/"}},
    ],
    ids=["down", "503", "nonsense", "redirect"],
)
def test_signs_up_without_the_breach_api(
    client: FlaskClient, breach_api: responses.RequestsMock, answer: dict[str, object]
) -> None:
    """When the breach API fails, signing up succeeds without it."""
    stub_answer(breach_api, **answer)

    response = sign_up(client, make_email())

    assert response.status_code == 201
    assert [call.request.url for call in breach_api.calls] == [RANGE]


def test_signs_in_without_regard_to_case(client: FlaskClient) -> None:
    """The account is found, although it was stored in lower case."""
    email = new_account(client)

    response = sign_in(client, email.upper())

    assert response.status_code == 201


@pytest.mark.parametrize("is_known", [True, False], ids=["known e-mail", "unknown e-mail"])
def test_refuses_a_wrong_password(client: FlaskClient, *, is_known: bool) -> None:
    """A wrong password and an unknown e-mail get the same answer, without a cookie.

    Siblings: tests/unit/api/test_sessions.py::test_refuses_a_wrong_password,
    tests/e2e/test_accounts.py::test_refuses_a_wrong_password.
    """
    email = new_account(client) if is_known else make_email()

    response = sign_in(client, email, "not the password")

    assert response.status_code == 401
    assert json_of(response)["detail"] == "The e-mail or the password is wrong."
    assert "Set-Cookie" not in response.headers


def test_returns_the_account_of_the_token(ada: FlaskClient) -> None:
    """The account is returned without its password hash."""
    response = ada.get("/api/users/me")

    assert response.status_code == 200
    assert set(json_of(response)) == {"id", "email", "created_at"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_refuses_the_token_of_a_deleted_account(
    ada: FlaskClient, db: psycopg.Connection[TupleRow], method: str
) -> None:
    """The token of a deleted account is invalid, for reading and for writing."""
    path = {"GET": "/api/users/me", "POST": "/api/todos"}[method]
    db.execute("DELETE FROM users")

    response = ada.open(path, method=method, json={"title": "Buy milk"})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
