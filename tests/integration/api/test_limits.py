"""How often one may try: our settings, our rules and the table `attempts` together.

What counts and what is taken back: tests/unit/api/test_limits.py.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.support.api_client import new_account, sign_in, sign_up
from tests.support.factories import make_email

WRONG = "not the password"
ELSEWHERE = "198.51.100.7"
WINDOW = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@pytest.fixture
def client(client_for: Callable[..., FlaskClient]) -> FlaskClient:
    """Return a client of a service with small limits, each another number."""
    return client_for(
        sign_in_failures_per_account=2,
        sign_in_failures_per_address=3,
        sign_ups_per_address=4,
        limit_minutes=5,
    )


@pytest.fixture
def locked_out(
    clock: time_machine.Traveller,  # noqa: ARG001 -- stopped
    client: FlaskClient,
) -> str:
    """Return the e-mail of an account for which somebody failed too often, just now."""
    email = new_account(client)
    for _ in range(2):
        sign_in(client, email, WRONG)
    return email


def test_stops_guessing_one_account(client: FlaskClient) -> None:
    """So many passwords of one account may be wrong as the setting says."""
    email = new_account(client)

    statuses = [sign_in(client, email, WRONG).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


def test_stops_guessing_many_accounts(client: FlaskClient) -> None:
    """Failures from one address add up, whichever accounts they are for."""
    statuses = [sign_in(client, make_email(), WRONG).status_code for _ in range(4)]

    assert statuses == [401, 401, 401, 429]


def test_stops_mass_sign_ups(client: FlaskClient) -> None:
    """From one address there are only so many new accounts."""
    statuses = [sign_up(client, make_email()).status_code for _ in range(5)]

    assert statuses == [201, 201, 201, 201, 429]


def test_says_how_long_to_wait(
    clock: time_machine.Traveller, client: FlaskClient, locked_out: str
) -> None:
    """Until the window ends even the right password is refused, and the answer says how long."""
    clock.shift(WINDOW - SECOND)

    response = sign_in(client, locked_out)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1"


def test_allows_again_after_the_window(
    clock: time_machine.Traveller, client: FlaskClient, locked_out: str
) -> None:
    """When the window is over, one may fail as often again, and no oftener."""
    clock.shift(WINDOW)

    statuses = [sign_in(client, locked_out, WRONG).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


def test_lets_others_in_from_elsewhere(client: FlaskClient, locked_out: str) -> None:
    """Whoever guesses does not lock the owner out who comes from another address."""
    response = sign_in(client, locked_out, address=ELSEWHERE)

    assert response.status_code == 201
