"""What a sign-in gives, and for how long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.integration.api import OWN_PAGE, json_of, new_account, sign_in, with_token

KEY, NEW_KEY, OTHER_KEY = ("k" * 32, "n" * 32, "o" * 32)


def test_gives_a_token(anonymous: FlaskClient) -> None:
    """A sign-in is answered with a bearer token and its lifetime in seconds."""
    answer = json_of(sign_in(anonymous, new_account(anonymous)))

    assert ("Bearer", 3600) == (answer["token_type"], answer["expires_in"])


def test_clears_the_cookie(ada_in_browser: FlaskClient) -> None:
    """After signing out the browser has no cookie."""
    response = ada_in_browser.delete("/api/sessions/current", headers=OWN_PAGE)

    assert (204, None) == (response.status_code, ada_in_browser.get_cookie("session"))
    assert 401 == ada_in_browser.get("/api/todos").status_code


def test_lets_a_copied_token_outlive_the_sign_out(anonymous: FlaskClient) -> None:
    """A token that was copied works after the sign-out: nobody keeps a list of tokens."""
    token = json_of(sign_in(anonymous, new_account(anonymous)))["token"]
    anonymous.delete("/api/sessions/current", headers=OWN_PAGE)

    response = with_token(anonymous, token).get("/api/todos")

    assert 200 == response.status_code


@pytest.mark.parametrize(
    ("seconds", "status"), [(3609, 200), (3611, 401)], ids=["within leeway", "beyond leeway"]
)
def test_ends_with_the_token(
    clock: time_machine.Traveller, ada: FlaskClient, seconds: int, status: int
) -> None:
    """A token ends after its lifetime, and ten seconds for clocks that differ."""
    clock.shift(timedelta(seconds=seconds))

    response = ada.get("/api/todos")

    assert status == response.status_code


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"secret_key": NEW_KEY, "secret_key_previous": KEY}, 200),
        ({"secret_key": NEW_KEY}, 401),
        ({"secret_key": NEW_KEY, "secret_key_previous": OTHER_KEY}, 401),
        ({"secret_key": KEY, "public_url": "http://127.0.0.1"}, 401),
    ],
    ids=["previous key", "forgotten key", "other key", "other site"],
)
def test_accepts_tokens_of_its_own_keys(
    client_with: Callable[..., FlaskClient], settings: dict[str, str], status: int
) -> None:
    """A token is accepted if this site issued it with the present secret or the previous one."""
    issuer = client_with(secret_key=KEY)
    token = json_of(sign_in(issuer, new_account(issuer)))["token"]

    response = with_token(client_with(**settings), token).get("/api/todos")

    assert status == response.status_code
