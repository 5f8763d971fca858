"""Fixtures of the unit layer. None of them holds a mock: each test creates its own."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.api import make_flask
from app.api.dependencies import EXTENSION
from tests.support.factories import NOW, USER_ID, WINDOW, make_dependencies, make_tokens
from tests.support.fakes import FakeAttemptStore
from tests.support.guard import guarded


@pytest.fixture(scope="package", autouse=True)
def _no_connections() -> Iterator[None]:
    with guarded():
        yield


@pytest.fixture
def frozen_clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; a test moves it with `shift`."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def attempts() -> FakeAttemptStore:
    """Start without any attempt; the client's attempts are counted here."""
    return FakeAttemptStore(WINDOW)


@pytest.fixture(scope="package")
def flask_app() -> Flask:
    """Built once, because its routes take longer than most tests; it keeps no state."""
    return make_flask(make_dependencies())


@pytest.fixture
def client(flask_app: Flask, attempts: FakeAttemptStore) -> FlaskClient:
    """Send no token; each test has a client and dependencies of its own."""
    flask_app.extensions[EXTENSION] = make_dependencies(attempts=attempts)
    return flask_app.test_client()


@pytest.fixture
def token() -> str:
    """Issue a valid token for `make_user`, by the clock of the test."""
    return make_tokens().issue(USER_ID).text


@pytest.fixture
def api_client(client: FlaskClient, token: str) -> FlaskClient:
    """Send the token in the Authorization header, as programs do."""
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.fixture
def browser_client(client: FlaskClient, token: str) -> FlaskClient:
    """Send the token in the cookie, as the page does."""
    client.set_cookie("session", token)
    return client
