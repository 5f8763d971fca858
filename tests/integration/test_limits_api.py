"""How often one may try."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.builders import some_email
from tests.integration.api import new_account, sign_in, sign_up

WRONG = "not the password"
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def client(client_with: Callable[..., FlaskClient]) -> FlaskClient:
    """Return a client of a service with small limits."""
    return client_with(
        sign_in_failures_per_account=2, sign_in_failures_per_address=3, sign_ups_per_address=4
    )


def fail_to_sign_in(client: FlaskClient, email: str, times: int) -> None:
    """Try a wrong password."""
    for _ in range(times):
        sign_in(client, email, WRONG)


def test_stops_guessing_one_account(clock: time_machine.Traveller, client: FlaskClient) -> None:
    """After the allowed failures even the right password has to wait."""
    email = new_account(client)
    fail_to_sign_in(client, email, 2)
    clock.shift(60)

    response = sign_in(client, email)

    assert (429, str(14 * 60)) == (response.status_code, response.headers["Retry-After"])


def test_allows_as_many_failures_as_it_says(client: FlaskClient) -> None:
    """One failure less than the limit stops nobody."""
    email = new_account(client)
    fail_to_sign_in(client, email, 1)

    response = sign_in(client, email)

    assert response.status_code == 201


def test_allows_again_after_the_window(clock: time_machine.Traveller, client: FlaskClient) -> None:
    """When the window is over, one may try again."""
    email = new_account(client)
    fail_to_sign_in(client, email, 2)
    clock.shift(timedelta(minutes=15))

    response = sign_in(client, email)

    assert response.status_code == 201


def test_does_not_count_successes(client: FlaskClient) -> None:
    """Signing in time and again uses up nothing."""
    email = new_account(client)
    for _ in range(4):
        sign_in(client, email)

    response = sign_in(client, email)

    assert response.status_code == 201


def test_does_not_count_what_was_not_tried(client: FlaskClient) -> None:
    """Asking while one has to wait does not use up what the address has left."""
    guessed, other = new_account(client), new_account(client)
    fail_to_sign_in(client, guessed, 10)

    response = sign_in(client, other)

    assert response.status_code == 201


def test_stops_guessing_many_accounts(client: FlaskClient) -> None:
    """Failures from one address add up, whichever accounts they are for."""
    for _ in range(3):
        sign_in(client, some_email(), WRONG)

    response = sign_in(client, some_email(), WRONG)

    assert response.status_code == 429


def test_lets_others_in_from_elsewhere(client: FlaskClient) -> None:
    """Whoever guesses does not lock the owner out who comes from another address."""
    email = new_account(client)
    fail_to_sign_in(client, email, 3)

    response = sign_in(client, email, address=ELSEWHERE)

    assert response.status_code == 201


def test_stops_mass_sign_ups(client: FlaskClient) -> None:
    """From one address there are only so many new accounts."""
    for _ in range(4):
        new_account(client)

    response = sign_up(client, some_email())

    assert response.status_code == 429
