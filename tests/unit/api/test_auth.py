"""Authentication: which requests need a token, and where it is read from."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository

PUBLIC = {
    "GET /",
    # Without WebSocket, any request is told to use it; with WebSocket: test_live.py.
    "GET /api/live",
    "GET /healthz",
    "GET /openapi.json",
    "GET /readyz",
    "GET /static/<digest>/<filename>",
    "POST /api/sessions",
    "DELETE /api/sessions/current",
    "POST /api/users",
}


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield the method and the path of every route."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule


def test_only_public_routes_need_no_token(client: FlaskClient, mocker: MockerFixture) -> None:
    """Every other route answers 401 without a token, including those added in the future."""
    mocker.patch("app.adapters.database.Database.check", autospec=True)

    public = {
        f"{method} {path}"
        for method, path in routes(client.application)
        if client.open(path.replace("<todo_id:todo_id>", "1"), method=method).status_code != 401
    }

    assert public == PUBLIC


def test_says_how_to_send_a_token(client: FlaskClient) -> None:
    """A 401 response names the authentication scheme (RFC 6750)."""
    response = client.get("/api/todos")

    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Bearer {}", "bearer  {} "], ids=["plain", "odd"])
def test_reads_the_token_from_the_header(
    scheme: str, client: FlaskClient, token: str, mocker: MockerFixture
) -> None:
    """The scheme is case-insensitive, and spaces around the token are ignored."""
    todos = mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    client.get("/api/todos", headers={"Authorization": scheme.format(token)})

    todos.assert_called_once_with(mocker.ANY, 7, completed=None)


def test_reads_the_token_from_the_cookie(
    browser_client: FlaskClient, mocker: MockerFixture
) -> None:
    """A browser sends the token in the cookie, so the page never handles it."""
    todos = mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    browser_client.get("/api/todos")

    todos.assert_called_once_with(mocker.ANY, 7, completed=None)


def test_says_that_the_token_is_invalid(client: FlaskClient) -> None:
    """A client can tell a rejected token from a missing one (RFC 6750)."""
    response = client.get("/api/todos", headers={"Authorization": "Bearer not.a.token"})

    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["", "Basic YWRhOnBhc3M=", "a.valid.token", "Token x"])
def test_a_bad_header_does_not_fall_back_to_the_cookie(
    header: str, browser_client: FlaskClient
) -> None:
    """A request with a bad Authorization header is rejected, although its cookie is valid.

    Sibling:
    tests/integration/live/test_handshake.py::test_a_bad_header_does_not_fall_back_to_the_cookie.
    """
    response = browser_client.get("/api/todos", headers={"Authorization": header})

    assert response.status_code == 401
