"""What a sign-in returns, and how long it lasts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.support.api_client import SAME_ORIGIN, json_of, new_account, sign_in, with_token

KEY, NEW_KEY, OTHER_KEY = ("k" * 32, "n" * 32, "o" * 32)
# The steps of a rotation, in which the replicas are restarted one after the other.
ROTATION = [
    {"secret_key": KEY},
    {"secret_key": KEY, "secret_key_previous": NEW_KEY},
    {"secret_key": NEW_KEY, "secret_key_previous": KEY},
    {"secret_key": NEW_KEY},
]


def test_gives_a_token(client: FlaskClient) -> None:
    """The lifetime is given in seconds, and it is the one of the settings."""
    answer = json_of(sign_in(client, new_account(client)))

    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] == 3600


def test_clears_the_cookie(browser_client: FlaskClient) -> None:
    """After signing out the browser sends no cookie, so its requests are refused."""
    response = browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert response.status_code == 204
    assert browser_client.get_cookie("session") is None
    assert browser_client.get("/api/todos").status_code == 401


def test_lets_a_copied_token_outlive_the_sign_out(client: FlaskClient) -> None:
    """A copied token works after the sign-out, because the service keeps no list of tokens."""
    token = json_of(sign_in(client, new_account(client)))["token"]
    client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    response = with_token(client, token).get("/api/todos")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(3609, 200), (3611, 401)], ids=["within leeway", "beyond leeway"]
)
def test_a_token_expires(
    clock: time_machine.Traveller, ada: FlaskClient, seconds: int, status: int
) -> None:
    """A token expires after its lifetime and a leeway of ten seconds for clocks that differ."""
    clock.shift(timedelta(seconds=seconds))

    response = ada.get("/api/todos")

    assert response.status_code == status


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
    make_client: Callable[..., FlaskClient], settings: dict[str, str], status: int
) -> None:
    """A token is accepted if this site signed it with the current or the previous secret."""
    issuer = make_client(secret_key=KEY)
    token = json_of(sign_in(issuer, new_account(issuer)))["token"]

    response = with_token(make_client(**settings), token).get("/api/todos")

    assert response.status_code == status


@pytest.mark.parametrize(
    ("step", "statuses"),
    [
        pytest.param(ROTATION[0:2], [200] * 4, id="1: accept the next secret"),
        pytest.param(ROTATION[1:3], [200] * 4, id="2: sign with it"),
        pytest.param(ROTATION[2:4], [200] * 4, id="3: forget the former one"),
        pytest.param(ROTATION[0:3:2], [200, 401, 200, 200], id="without the first step"),
    ],
)
def test_a_rotation_in_three_steps_drops_nobody(
    make_client: Callable[..., FlaskClient], step: list[dict[str, str]], statuses: list[int]
) -> None:
    """While one replica has taken a step and the next has not, each accepts the other's tokens."""
    replicas = [make_client(**settings) for settings in step]
    email = new_account(replicas[0])
    tokens = [json_of(sign_in(replica, email))["token"] for replica in replicas]

    answers = [
        with_token(replica, token).get("/api/todos") for replica in replicas for token in tokens
    ]

    assert [answer.status_code for answer in answers] == statuses
