"""Requests that the tests of the API share, made by Flask's test client."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.tokens import JwtTokens
from app.adapters.users import UserRepository
from tests.support.factories import CHEAP_HASHER, NOW, make_email, make_password, make_settings

# Flask's test client sends this host.
SITE_URL = "http://localhost"
# The header that a browser adds to the requests of our own page.
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def make_app(database: Database, **settings: Any) -> Flask:  # noqa: ANN401 -- of any type
    """Return the service with these settings and cheap hashes; it accepts no live connection."""
    chosen = make_settings(**({"public_url": SITE_URL} | settings))
    live = LiveUpdates(chosen.database_url.get_secret_value(), database, max_pages=0)
    return create_app(chosen, database, live, hasher=CHEAP_HASHER)


def json_of(response: TestResponse) -> Any:  # noqa: ANN401 -- JSON of any shape
    """Return the body of a response, which must be JSON."""
    assert response.is_json, response.text
    return response.json


def sign_up(client: FlaskClient, email: str, password: str = "") -> TestResponse:
    """Sign up, by default with an acceptable password."""
    return client.post("/api/users", json={"email": email, "password": password or make_password()})


def sign_in(
    client: FlaskClient,
    email: str,
    password: str = "",
    *,
    headers: dict[str, str] | None = None,
    address: str = "192.0.2.1",
) -> TestResponse:
    """Sign in from this IP address, by default with the password of `sign_up`."""
    body = {"email": email, "password": password or make_password()}
    environment = {"REMOTE_ADDR": address}
    return client.post("/api/sessions", json=body, headers=headers, environ_overrides=environment)


def new_account(client: FlaskClient) -> str:
    """Sign up with a new e-mail address and return it."""
    email = make_email()
    sign_up(client, email)
    return email


def make_token(user_id: int, *, lifetime: timedelta = timedelta(hours=1)) -> str:
    """Return a token as the service issues it; with a negative lifetime it has expired."""
    tokens = JwtTokens(make_settings().secrets, site=SITE_URL, lifetime=lifetime)
    return tokens.issue(user_id).text


def make_api_client(app: Flask, database: Database) -> FlaskClient:
    """Return the client of a new user, which sends a bearer token and keeps no cookies.

    It does not sign up and in over HTTP: that has tests of its own and takes four times as long.
    """
    user = UserRepository(database).add(make_email(), "hash", NOW)
    return with_token(app.test_client(use_cookies=False), make_token(user.id))


def with_token(client: FlaskClient, token: str) -> FlaskClient:
    """Make the client send the token with every request."""
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def add_todo(client: FlaskClient, title: str = "Buy milk", **fields: object) -> Any:  # noqa: ANN401 -- JSON
    """Add a todo and return it."""
    return json_of(client.post("/api/todos", json={"title": title, **fields}))
