"""Rate limits: the settings, the rules and the table `attempts` together.

Which attempts count and which are undone: tests/unit/api/test_limits.py.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.support.api_client import new_account, sign_in, sign_up
from tests.support.factories import make_email

WRONG_PASSWORD = "not the password"
OTHER_ADDRESS = "198.51.100.7"
WINDOW = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@pytest.fixture
def client(make_client: Callable[..., FlaskClient]) -> FlaskClient:
    """Lower each limit to another number, so that a test shows which one applies."""
    return make_client(
        sign_in_failures_per_account=2,
        sign_in_failures_per_address=3,
        sign_ups_per_address=4,
        limit_minutes=5,
    )


@pytest.fixture
def locked_email(
    clock: time_machine.Traveller,  # noqa: ARG001 -- stopped
    client: FlaskClient,
) -> str:
    """Create an account and fail to sign in to it, as often as its limit allows."""
    email = new_account(client)
    for _ in range(2):
        sign_in(client, email, WRONG_PASSWORD)
    return email


def test_limits_failures_for_one_account(client: FlaskClient) -> None:
    """The setting for one account is the number of failures that are answered with 401."""
    email = new_account(client)

    statuses = [sign_in(client, email, WRONG_PASSWORD).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


def test_limits_failures_from_one_address(client: FlaskClient) -> None:
    """Failures from one address add up, although each is for another account."""
    statuses = [sign_in(client, make_email(), WRONG_PASSWORD).status_code for _ in range(4)]

    assert statuses == [401, 401, 401, 429]


def test_limits_sign_ups_from_one_address(client: FlaskClient) -> None:
    """Sign-ups have a limit of their own, which successful ones reach too."""
    statuses = [sign_up(client, make_email()).status_code for _ in range(5)]

    assert statuses == [201, 201, 201, 201, 429]


def test_tells_how_long_to_wait(
    clock: time_machine.Traveller, client: FlaskClient, locked_email: str
) -> None:
    """Until the window ends even the right password is refused, and Retry-After says how long."""
    clock.shift(WINDOW - SECOND)

    response = sign_in(client, locked_email)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1"


def test_allows_again_after_the_window(
    clock: time_machine.Traveller, client: FlaskClient, locked_email: str
) -> None:
    """A new window starts at zero, with the same limit."""
    clock.shift(WINDOW)

    statuses = [sign_in(client, locked_email, WRONG_PASSWORD).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


def test_lets_the_owner_in_from_another_address(client: FlaskClient, locked_email: str) -> None:
    """The limit is per account and address, so an attacker does not lock the owner out."""
    response = sign_in(client, locked_email, address=OTHER_ADDRESS)

    assert response.status_code == 201
