"""Who is asking, and whether a browser was tricked into asking."""

from collections.abc import Iterator
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import InvalidTokenError

PUBLIC = {
    "GET /",
    # Without WebSocket everybody is told to use it; with it: test_live.py.
    "GET /api/live",
    "GET /healthz",
    "GET /openapi.json",
    "GET /readyz",
    "GET /static/<path:filename>",
    "POST /api/sessions",
    "DELETE /api/sessions/current",
    "POST /api/users",
}


def routes(api_client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield the method and the address of everything that the service answers to."""
    for rule in api_client.application.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule


def test_every_route_that_is_not_public_asks_for_a_token(client: FlaskClient) -> None:
    """Without a token nothing of a person's is to be had, on any route, the newest included."""
    open_to_all = {
        f"{method} {rule}"
        for method, rule in routes(client)
        if client.open(rule.replace("<todo_id:todo_id>", "1"), method=method).status_code != 401
    }

    assert open_to_all == PUBLIC


def test_a_request_without_a_token_is_told_how_to_send_one(client: FlaskClient) -> None:
    """The refusal names the scheme (RFC 6750)."""
    response = client.get("/api/todos")

    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer a.valid.token", "bearer  a.valid.token "])
def test_reads_the_token_from_the_header(header: str, client: FlaskClient, tokens: Mock) -> None:
    """The scheme's name has no case, and spaces around the token do not count."""
    client.get("/api/todos", headers={"Authorization": header})

    tokens.read.assert_called_once_with("a.valid.token")


def test_reads_the_token_from_the_cookie(browser_client: FlaskClient, tokens: Mock) -> None:
    """The page's token comes as a cookie."""
    browser_client.get("/api/todos")

    tokens.read.assert_called_once_with("a.valid.token")


def test_a_bad_token_is_told_so(api_client: FlaskClient, tokens: Mock) -> None:
    """A token that is refused is named as the reason (RFC 6750)."""
    tokens.read.side_effect = InvalidTokenError

    response = api_client.get("/api/todos")

    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["", "Basic YWRhOnBhc3M=", "a.valid.token", "Token x"])
def test_a_bad_header_does_not_fall_back_to_the_cookie(
    header: str, browser_client: FlaskClient
) -> None:
    """Who sends a header means it: a good cookie beside a bad header helps nothing.

    Sibling:
    tests/integration/live/test_handshake.py::test_a_bad_header_does_not_fall_back_to_the_cookie.
    """
    response = browser_client.get("/api/todos", headers={"Authorization": header})

    assert response.status_code == 401
