"""Fixtures of the unit layer: nothing leaves the process, every port is a mock."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.domain import ports
from app.domain.limits import LimitRules
from app.http import make_flask
from app.http.parts import Parts, Site
from tests.builders import NOW
from tests.unit.builders import SITE_URL, USER_ID, credentials
from tests.unit.guard import guarded


@pytest.fixture(autouse=True)
def _nothing_leaves_the_process() -> Iterator[None]:
    with guarded():
        yield


@pytest.fixture
def frozen_clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; `shift` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def users(mocker: MockerFixture) -> Mock:
    """Stand in for the accounts."""
    double: Mock = mocker.create_autospec(ports.UserStore, instance=True)
    return double


@pytest.fixture
def todos(mocker: MockerFixture) -> Mock:
    """Stand in for the todos."""
    double: Mock = mocker.create_autospec(ports.TodoStore, instance=True)
    return double


@pytest.fixture
def attempts(mocker: MockerFixture) -> Mock:
    """Stand in for the counts of attempts; nobody has tried anything yet."""
    double: Mock = mocker.create_autospec(ports.AttemptStore, instance=True)
    double.count.return_value = []
    return double


@pytest.fixture
def breaches(mocker: MockerFixture) -> Mock:
    """Stand in for the breach API; no password is known to it."""
    double: Mock = mocker.create_autospec(ports.Breaches, instance=True)
    double.contain.return_value = False
    return double


@pytest.fixture
def passwords(mocker: MockerFixture) -> Mock:
    """Stand in for the slow hash; no password is the right one."""
    double: Mock = mocker.create_autospec(ports.Passwords, instance=True)
    double.hash.return_value = "a hash"
    double.verify.return_value = False
    return double


@pytest.fixture
def right_password(users: Mock, passwords: Mock) -> None:
    """Let every sign-in be the account's own, with its own password."""
    users.find.return_value = credentials()
    passwords.verify.return_value = True


@pytest.fixture
def tokens(mocker: MockerFixture) -> Mock:
    """Stand in for the tokens; whatever is sent is valid and USER_ID's."""
    double: Mock = mocker.create_autospec(ports.Tokens, instance=True)
    double.read.return_value = ports.Claims(USER_ID, "a token's id", NOW + timedelta(hours=1))
    double.issue.return_value = ports.IssuedToken("a.new.token", expires_in=3600)
    return double


@pytest.fixture
def live(mocker: MockerFixture) -> Mock:
    """Stand in for the open pages; there is always room for one more."""
    double: Mock = mocker.create_autospec(ports.LiveUpdates, instance=True)
    return double


@pytest.fixture
def health(mocker: MockerFixture) -> Mock:
    """Stand in for the database's health; it is well."""
    double: Mock = mocker.create_autospec(ports.Health, instance=True)
    return double


@pytest.fixture
def parts(  # noqa: PLR0913, PLR0917 -- one for each port
    users: Mock,
    todos: Mock,
    attempts: Mock,
    breaches: Mock,
    passwords: Mock,
    tokens: Mock,
    live: Mock,
    health: Mock,
) -> Parts:
    """Return the doubles, as the app takes its parts."""
    return Parts(users, todos, attempts, breaches, passwords, tokens, live, health)


@pytest.fixture
def site() -> Site:
    """Return a site with small limits."""
    rules = LimitRules(timedelta(minutes=15), 2, 5, 3)
    return Site(SITE_URL, ZoneInfo("UTC"), trusted_proxies=0, limits=rules)


@pytest.fixture
def anonymous(parts: Parts, site: Site) -> FlaskClient:
    """Return a client that sends no token."""
    return make_flask(parts, site).test_client()


@pytest.fixture
def client(anonymous: FlaskClient) -> FlaskClient:
    """Return a client that sends a token as programs do."""
    anonymous.environ_base["HTTP_AUTHORIZATION"] = "Bearer a.valid.token"
    return anonymous
