"""What attackers do with tokens, against the service as it is put together.

That a forged token is refused by itself is tried in tests/unit/adapters/test_forged_tokens.py. Here
each stands in a request with a good cookie, so whatever lets it pass, or passes it over, shows.
"""

import base64
import hmac
import json
import logging
import time

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from app.adapters.tokens import key_id
from tests.support.api_client import SITE_URL
from tests.support.factories import make_settings

[SECRET] = make_settings().secrets
PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n"
NOW = int(time.time())
HOUR = 3600


def encoded(data: bytes) -> str:
    """Return bytes as the part of a token."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unsigned(header: dict[str, object], claims: dict[str, object]) -> str:
    """Return the first two parts of a token that would pass but for these changes.

    None leaves a claim out.
    """
    good_header = {"alg": "HS256", "typ": "JWT", "kid": key_id(SECRET)}
    good = {"sub": "1", "iat": NOW, "exp": NOW + HOUR, "jti": "x", "iss": SITE_URL, "aud": SITE_URL}
    present = {name: value for name, value in (good | claims).items() if value is not None}
    return ".".join(encoded(json.dumps(part).encode()) for part in (good_header | header, present))


def token(key: str = SECRET, header: dict[str, object] | None = None, **claims: object) -> str:
    """Return such a token, signed with the key by HMAC-SHA-256."""
    parts = unsigned(header or {}, claims)
    return f"{parts}.{encoded(hmac.digest(key.encode(), parts.encode(), 'sha256'))}"


def bearer(text: str) -> Headers:
    """Return the header that carries the token."""
    return Headers({"Authorization": f"Bearer {text}"})


def with_other_payload(text: str) -> str:
    """Return the token with another user's id under the old signature."""
    header, _, signature = text.split(".")
    return f"{header}.{unsigned({}, {'sub': '2'}).split('.')[1]}.{signature}"


GOOD = token()
OTHER = "https://elsewhere.example"
ATTACKS = {
    "alg none": bearer(unsigned({"alg": "none"}, {}) + "."),
    "alg None": bearer(unsigned({"alg": "None"}, {}) + "."),
    "alg nOnE": bearer(unsigned({"alg": "nOnE"}, {}) + "."),
    "alg none, signed": bearer(token(header={"alg": "none"})),
    "signature cut off": bearer(unsigned({}, {}) + "."),
    "another key": bearer(token("x" * 32)),
    "empty key": bearer(token("")),
    "public key as secret": bearer(token(PUBLIC_KEY)),
    "alg RS256": bearer(token(header={"alg": "RS256"})),
    "alg RS256, public key": bearer(token(PUBLIC_KEY, {"alg": "RS256"})),
    "alg HS512": bearer(token(header={"alg": "HS512"})),
    "key in jwk": bearer(token("x" * 32, {"jwk": {"kty": "oct", "k": encoded(b"x" * 32)}})),
    "key at jku": bearer(token("x" * 32, {"jku": f"{OTHER}/keys"})),
    "kid unknown": bearer(token(header={"kid": "unknown"})),
    "kid a path": bearer(token("", {"kid": "../../dev/null"})),
    "kid an array": bearer(token(header={"kid": [key_id(SECRET)]})),
    "kid null": bearer(token(header={"kid": None})),
    "payload changed": bearer(with_other_payload(GOOD)),
    "no sub": bearer(token(sub=None)),
    "no iat": bearer(token(iat=None)),
    "no exp": bearer(token(exp=None)),
    "no jti": bearer(token(jti=None)),
    "no iss": bearer(token(iss=None)),
    "no aud": bearer(token(aud=None)),
    "expired": bearer(token(iat=NOW - 2 * HOUR, exp=NOW - HOUR)),
    "issued in the future": bearer(token(iat=NOW + HOUR, exp=NOW + 2 * HOUR)),
    "not yet valid": bearer(token(nbf=NOW + HOUR)),
    "another audience": bearer(token(aud=OTHER)),
    "another issuer": bearer(token(iss=OTHER)),
    "sub a number": bearer(token(sub=1)),
    "sub no id": bearer(token(sub="ada")),
    "empty": bearer(""),
    "oversized": bearer("x" * 1_000_000),
    "many parts": bearer(f"{GOOD}{'.' * 100_000}"),
    "NUL at the end": bearer(f"{GOOD}\0"),
    "not ASCII": bearer(f"{GOOD}é"),
    "two tokens": bearer(f"{GOOD} {GOOD}"),
    "no scheme": Headers({"Authorization": GOOD}),
    "another scheme": Headers({"Authorization": f"Basic {GOOD}"}),
    "no header's value": Headers({"Authorization": ""}),
    "two headers": Headers([("Authorization", f"Bearer {GOOD}")] * 2),
}


def test_the_good_token_passes(client: FlaskClient) -> None:
    """What the attacks begin with is accepted, so each is refused for its own fault."""
    response = client.get("/api/todos", headers=bearer(GOOD))

    assert response.status_code == 200


@pytest.mark.parametrize("headers", ATTACKS.values(), ids=ATTACKS)
def test_refuses_an_attack(
    headers: Headers, ada_in_browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A token that is not as we made it gets nobody in, the cookie beside it notwithstanding."""
    caplog.set_level(logging.DEBUG)

    response = ada_in_browser.get("/api/todos", headers=headers)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"][:6] == "Bearer"
    logged = str([vars(record) for record in caplog.records])
    assert not [part for part in headers["Authorization"].split(".") if part and part in logged]
