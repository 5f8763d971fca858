"""Signing up and signing in over the API."""

from typing import Any

import psycopg
import pytest
import requests
import responses
from flask.testing import FlaskClient
from psycopg.rows import TupleRow

from app.domain.breaches import split_hash
from tests.builders import some_email, some_password
from tests.integration.api import json_of, new_account, sign_in, sign_up

PREFIX, SUFFIX = split_hash(some_password())
RANGE = f"https://api.pwnedpasswords.com/range/{PREFIX}"


def let_answer(breach_api: responses.RequestsMock, **answer: Any) -> None:  # noqa: ANN401 -- the library's
    """Let the breach API answer so, and no other way."""
    breach_api.reset()
    breach_api.get(RANGE, **answer)


def test_signs_up(anonymous: FlaskClient, sql: psycopg.Connection[TupleRow]) -> None:
    """A new account is answered without its password, which is stored as a hash alone.

    Sibling: tests/unit/http/test_accounts.py::test_signs_up.
    """
    email = some_email()

    response = sign_up(anonymous, email)

    account = json_of(response)
    assert (201, {"id", "email", "created_at"}) == (response.status_code, set(account))
    [stored] = sql.execute("SELECT id, email, left(password_hash, 10) FROM users").fetchall()
    assert (account["id"], email, "$argon2id$") == stored


def test_refuses_an_email_that_is_taken(anonymous: FlaskClient) -> None:
    """An e-mail has one account, in capitals or not.

    Sibling: tests/unit/http/test_accounts.py::test_refuses_an_email_that_is_taken.
    """
    email = new_account(anonymous)

    response = sign_up(anonymous, email.upper())

    assert 409 == response.status_code


def test_refuses_a_breached_password(
    anonymous: FlaskClient, breach_api: responses.RequestsMock
) -> None:
    """A password known from a breach makes no account.

    Siblings: tests/unit/http/test_accounts.py::test_refuses_a_breached_password,
    tests/e2e/test_accounts.py::test_refuses_a_breached_password.
    """
    email = some_email()
    let_answer(breach_api, body=f"{'0' * 35}:0\r\n{SUFFIX}:7")

    response = sign_up(anonymous, email)

    [fault] = json_of(response)["errors"]
    assert (422, "#/password") == (response.status_code, fault["pointer"])
    assert 401 == sign_in(anonymous, email).status_code


@pytest.mark.parametrize(
    "answer",
    [
        {"body": requests.ConnectionError()},
        {"status": 503},
        {"body": "<html>Welcome to our hotel's network</html>"},
        {"status": 302, "headers": {"Location": "https://elsewhere.example/"}},
    ],
    ids=["down", "503", "nonsense", "redirect"],
)
def test_signs_up_without_the_breach_api(
    anonymous: FlaskClient, breach_api: responses.RequestsMock, answer: dict[str, object]
) -> None:
    """When the breach API is of no use, signing up goes on without it."""
    let_answer(breach_api, **answer)

    response = sign_up(anonymous, some_email())

    assert 201 == response.status_code
    assert [RANGE] == [call.request.url for call in breach_api.calls]


def test_signs_in_without_regard_to_case(anonymous: FlaskClient) -> None:
    """Capitals in an e-mail make no difference."""
    email = new_account(anonymous)

    response = sign_in(anonymous, email.upper())

    assert 201 == response.status_code


@pytest.mark.parametrize("is_known", [True, False], ids=["known e-mail", "unknown e-mail"])
def test_refuses_a_wrong_password(anonymous: FlaskClient, *, is_known: bool) -> None:
    """A wrong password and an unknown e-mail give the same answer, and no cookie.

    Siblings: tests/unit/http/test_sessions.py::test_refuses_a_wrong_password,
    tests/e2e/test_accounts.py::test_refuses_a_wrong_password.
    """
    email = new_account(anonymous) if is_known else some_email()

    response = sign_in(anonymous, email, "not the password")

    assert (401, "The e-mail or the password is wrong.") == (
        response.status_code,
        json_of(response)["detail"],
    )
    assert "Set-Cookie" not in response.headers


def test_says_who_is_signed_in(ada: FlaskClient) -> None:
    """A token speaks for one account."""
    response = ada.get("/api/users/me")

    assert (200, {"id", "email", "created_at"}) == (response.status_code, set(json_of(response)))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_refuses_a_deleted_account(
    ada: FlaskClient, sql: psycopg.Connection[TupleRow], method: str
) -> None:
    """The token of an account that is gone is no token."""
    path = {"GET": "/api/users/me", "POST": "/api/todos"}[method]
    sql.execute("DELETE FROM users")

    response = ada.open(path, method=method, json={"title": "Buy milk"})

    assert (401, 'Bearer error="invalid_token"') == (
        response.status_code,
        response.headers["WWW-Authenticate"],
    )
