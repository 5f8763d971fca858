"""Attacks on the way in which a token is sent, against the assembled service.

A forged token is refused by the adapter alone (tests/unit/adapters/test_forged_tokens.py); two
forgeries stand here too, to show that the API uses the adapter. Each request also carries a valid
cookie, so it shows when a bad header is ignored.
"""

import json
import logging
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from tests.support import base64url
from tests.support.api_client import make_token

Attack = Callable[[str], Headers]


def bearer(token: str) -> Headers:
    """Return the header that carries a token."""
    return Headers({"Authorization": f"Bearer {token}"})


def encode(part: object) -> str:
    """Encode JSON as a part of a token."""
    return base64url.encode(json.dumps(part).encode())


def parts(token: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Return header, payload and signature."""
    header, payload, signature = token.split(".")
    return json.loads(base64url.decode(header)), json.loads(base64url.decode(payload)), signature


def unsigned(token: str) -> str:
    """Name the algorithm `none` and leave the signature out (RFC 7519, section 6)."""
    header, payload, _ = parts(token)
    return f"{encode(header | {'alg': 'none'})}.{encode(payload)}."


def for_another_user(token: str) -> str:
    """Write another user's id under the old signature."""
    header, payload, signature = parts(token)
    return f"{encode(header)}.{encode(payload | {'sub': '2'})}.{signature}"


# Each makes an Authorization header out of a valid token.
ATTACKS: dict[str, Attack] = {
    "forged: unsigned": lambda token: bearer(unsigned(token)),
    "forged: another user": lambda token: bearer(for_another_user(token)),
    "empty": lambda _: bearer(""),
    "oversized": lambda _: bearer("x" * 1_000_000),
    "many parts": lambda token: bearer(f"{token}{'.' * 100_000}"),
    "NUL at the end": lambda token: bearer(f"{token}\0"),
    "not ASCII": lambda token: bearer(f"{token}é"),
    "two tokens": lambda token: bearer(f"{token} {token}"),
    "no scheme": lambda token: Headers({"Authorization": token}),
    "another scheme": lambda token: Headers({"Authorization": f"Basic {token}"}),
    "empty header": lambda _: Headers({"Authorization": ""}),
    "two headers": lambda token: Headers([("Authorization", f"Bearer {token}")] * 2),
}


def test_accepts_the_token_that_the_attacks_change(client: FlaskClient) -> None:
    """The token is valid as it is, so each attack is refused for what it changes."""
    response = client.get("/api/todos", headers=bearer(make_token(1)))

    assert response.status_code == 200


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_refuses_an_attack(attack: Attack, browser_client: FlaskClient) -> None:
    """A bad Authorization header is 401, although the cookie beside it is valid."""
    headers = attack(make_token(1))

    response = browser_client.get("/api/todos", headers=headers)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].split()[0] == "Bearer"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_logs_nothing_of_a_refused_token(
    attack: Attack, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused token may differ little from a valid one, so no part of it is logged."""
    headers = attack(make_token(1))
    caplog.set_level(logging.DEBUG)

    client.get("/api/todos", headers=headers)

    logged = str([vars(record) for record in caplog.records])
    assert [part for part in headers["Authorization"].split(".") if part and part in logged] == []
