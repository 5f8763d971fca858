"""Fixtures of the unit layer: nothing leaves the process, every port has a double."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest.mock import Mock

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.api import make_flask
from app.api.dependencies import EXTENSION, Dependencies
from tests.support.factories import NOW
from tests.support.fakes import FakeAttemptStore
from tests.support.guard import guarded
from tests.support.unit_factories import WINDOW, make_credentials, make_site_config
from tests.unit.doubles import make_mocks, mock_of, reset_mocks

users, todos = mock_of("users"), mock_of("todos")
breaches, passwords, tokens = mock_of("breaches"), mock_of("passwords"), mock_of("tokens")
live, health = mock_of("live"), mock_of("health")


@pytest.fixture(scope="package", autouse=True)
def _no_connections() -> Iterator[None]:
    with guarded():
        yield


@pytest.fixture
def frozen_clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; `shift` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="package")
def shared_mocks(package_mocker: MockerFixture) -> dict[str, Mock]:
    """Return mocks of the ports, made once: autospec takes longer than most tests."""
    return make_mocks(package_mocker)


@pytest.fixture
def mocks(shared_mocks: dict[str, Mock]) -> dict[str, Mock]:
    """Return the mocks, which know nothing of other tests."""
    reset_mocks(shared_mocks)
    return shared_mocks


@pytest.fixture
def attempts() -> FakeAttemptStore:
    """Stand in for the counts of attempts; nobody has tried anything yet."""
    return FakeAttemptStore(WINDOW)


@pytest.fixture
def correct_password(users: Mock, passwords: Mock) -> None:
    """Let every sign-in be the account's own, with its own password."""
    users.find.return_value = make_credentials()
    passwords.verify.return_value = True


@pytest.fixture
def dependencies(mocks: dict[str, Mock], attempts: FakeAttemptStore) -> Dependencies:
    """Return the doubles, as the application takes its parts."""
    return Dependencies(site=make_site_config(), attempts=attempts, **mocks)


@pytest.fixture(scope="package")
def shared_app(shared_mocks: dict[str, Mock]) -> Flask:
    """Return the application, made once: its routes take longer than most tests."""
    return make_flask(
        Dependencies(site=make_site_config(), attempts=FakeAttemptStore(WINDOW), **shared_mocks)
    )


@pytest.fixture
def client(shared_app: Flask, dependencies: Dependencies) -> FlaskClient:
    """Return a client that sends no token."""
    shared_app.extensions[EXTENSION] = dependencies
    return shared_app.test_client()


@pytest.fixture
def api_client(client: FlaskClient) -> FlaskClient:
    """Return a client that sends a token as programs do."""
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer a.valid.token"
    return client


@pytest.fixture
def browser_client(client: FlaskClient) -> FlaskClient:
    """Return a client that carries the cookie, as the page does."""
    client.set_cookie("session", "a.valid.token")
    return client


@pytest.fixture
def client_for(dependencies: Dependencies) -> Callable[..., FlaskClient]:
    """Return a maker of clients of a site that differs, such as by its address."""
    return lambda **changes: make_flask(
        replace(dependencies, site=make_site_config(**changes))
    ).test_client()
