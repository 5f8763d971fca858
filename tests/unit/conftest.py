"""Fixtures of the unit layer: nothing leaves the process, every port has a double."""

from collections.abc import Callable, Iterator
from unittest.mock import Mock

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.http import make_flask
from app.http.parts import KEY, Parts
from tests.builders import NOW
from tests.unit.builders import WINDOW, a_site, credentials
from tests.unit.doubles import begin_anew, make_mocks, mock_of
from tests.unit.fakes import FakeAttempts
from tests.unit.guard import guarded

users, todos = mock_of("users"), mock_of("todos")
breaches, passwords, tokens = mock_of("breaches"), mock_of("passwords"), mock_of("tokens")
live, health = mock_of("live"), mock_of("health")


@pytest.fixture(scope="package", autouse=True)
def _nothing_leaves_the_process() -> Iterator[None]:
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
    begin_anew(shared_mocks)
    return shared_mocks


@pytest.fixture
def attempts() -> FakeAttempts:
    """Stand in for the counts of attempts; nobody has tried anything yet."""
    return FakeAttempts(WINDOW)


@pytest.fixture
def right_password(users: Mock, passwords: Mock) -> None:
    """Let every sign-in be the account's own, with its own password."""
    users.find.return_value = credentials()
    passwords.verify.return_value = True


@pytest.fixture
def parts(mocks: dict[str, Mock], attempts: FakeAttempts) -> Parts:
    """Return the doubles, as the application takes its parts."""
    return Parts(attempts=attempts, **mocks)


@pytest.fixture(scope="package")
def shared_app(shared_mocks: dict[str, Mock]) -> Flask:
    """Return the application, made once: its routes take longer than most tests."""
    return make_flask(Parts(attempts=FakeAttempts(WINDOW), **shared_mocks), a_site())


@pytest.fixture
def anonymous(shared_app: Flask, parts: Parts) -> FlaskClient:
    """Return a client that sends no token."""
    shared_app.extensions[KEY] = parts, a_site()
    return shared_app.test_client()


@pytest.fixture
def client(anonymous: FlaskClient) -> FlaskClient:
    """Return a client that sends a token as programs do."""
    anonymous.environ_base["HTTP_AUTHORIZATION"] = "Bearer a.valid.token"
    return anonymous


@pytest.fixture
def our_page(anonymous: FlaskClient) -> FlaskClient:
    """Return a client that carries the cookie, as the page does."""
    anonymous.set_cookie("session", "a.valid.token")
    return anonymous


@pytest.fixture
def client_with(parts: Parts) -> Callable[..., FlaskClient]:
    """Return a maker of clients of a site that differs, such as by its address."""
    return lambda **changes: make_flask(parts, a_site(**changes)).test_client()
