"""Forged tokens: each one is rejected."""

import hmac
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest

from app.adapters.tokens import JwtTokens, key_id
from app.domain.errors import InvalidTokenError
from tests.support import base64url
from tests.support.factories import NOW

SECRET = "s" * 32
SITE = "https://todo.example"
PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n"
TOKENS = JwtTokens([SECRET], site=SITE, lifetime=timedelta(minutes=60))
# The forgeries are built while tests are collected, so they must not depend on the current time.
pytestmark = pytest.mark.usefixtures("frozen_clock")


def claims(**changed: object) -> dict[str, object]:
    """Return valid claims except for the changed ones; None removes a claim."""
    valid = {
        "sub": "7",
        "iat": NOW,
        "exp": NOW + timedelta(minutes=60),
        "jti": "an id",
        "iss": SITE,
        "aud": SITE,
    }
    return {name: value for name, value in (valid | changed).items() if value is not None}


def signed(*, secret: str = SECRET, algorithm: str = "HS256", **changed: object) -> str:
    """Return a token with such claims, which names the service's key."""
    return jwt.encode(claims(**changed), secret, algorithm, headers={"kid": key_id(SECRET)})


def unsigned(header: bytes, payload: bytes = b"{}") -> str:
    """Return a token of these bytes with an empty signature."""
    return f"{base64url.encode(header)}.{base64url.encode(payload)}."


def with_header(*, secret: str = SECRET, **changed: object) -> str:
    """Return a token whose header has these fields, correctly signed by HMAC-SHA-256.

    PyJWT would not write most of these headers.
    """
    header = {"alg": "HS256", "typ": "JWT", "kid": key_id(SECRET)} | changed
    _, payload, _ = signed().split(".")
    parts = f"{base64url.encode(json.dumps(header).encode())}.{payload}"
    return f"{parts}.{base64url.encode(hmac.digest(secret.encode(), parts.encode(), 'sha256'))}"


def with_other_payload(token: str, **changed: Any) -> str:  # noqa: ANN401 -- claims of any type
    """Return the token with changed claims and the old signature."""
    header, payload, signature = token.split(".")
    fields = json.loads(base64url.decode(payload)) | changed
    return f"{header}.{base64url.encode(json.dumps(fields).encode())}.{signature}"


def test_the_untouched_token_would_pass() -> None:
    """The forgeries below start from a valid token, so each one is rejected for its own defect."""
    assert TOKENS.read(signed()).user_id == 7


def test_accepts_a_header_that_is_written_by_hand() -> None:
    """A token whose header PyJWT did not write is valid too, as long as the header is right."""
    assert TOKENS.read(with_header()).user_id == 7


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(signed(algorithm="none", secret=""), id="algorithm none"),
        pytest.param(with_header(alg="none"), id="algorithm none with a signature"),
        pytest.param(with_header(alg="None"), id="algorithm None"),
        pytest.param(with_header(alg="nOnE"), id="algorithm nOnE"),
        pytest.param(signed().rpartition(".")[0] + ".", id="signature removed"),
        pytest.param(signed(secret="x" * 32), id="another secret"),
        pytest.param(with_header(secret=""), id="empty secret"),
        pytest.param(with_header(secret=PUBLIC_KEY), id="public key as secret"),
        pytest.param(with_header(alg="RS256"), id="algorithm RS256"),
        pytest.param(with_header(alg="RS256", secret=PUBLIC_KEY), id="RS256 with a public key"),
        pytest.param(with_header(alg="HS512"), id="algorithm HS512 in the header only"),
        pytest.param(signed(algorithm="HS512", secret=SECRET * 2), id="signed with HS512"),
        pytest.param(
            with_header(secret="x" * 32, jwk={"kty": "oct", "k": base64url.encode(b"x" * 32)}),
            id="the sender's key in jwk",
        ),
        pytest.param(
            with_header(secret="x" * 32, jku="https://elsewhere.example/keys"),
            id="the sender's key at jku",
        ),
        pytest.param(jwt.encode(claims(), SECRET, "HS256"), id="without a key id"),
        pytest.param(with_header(kid="unknown"), id="unknown key id"),
        pytest.param(with_header(secret="", kid="../../dev/null"), id="a path as key id"),
        pytest.param(with_header(kid=[key_id(SECRET)]), id="a list as key id"),
        pytest.param(with_header(kid=None), id="null as key id"),
        pytest.param(with_other_payload(signed(), sub="8"), id="another user's id written in"),
        pytest.param(signed(aud="https://elsewhere.example"), id="for another audience"),
        pytest.param(signed(iss="https://elsewhere.example"), id="from another issuer"),
        pytest.param(signed(iat=NOW + timedelta(minutes=1)), id="from the future"),
        pytest.param(signed(nbf=NOW + timedelta(hours=1)), id="not yet valid"),
        pytest.param(signed(exp=NOW - timedelta(hours=1)), id="expired"),
        pytest.param(signed(sub=1), id="a number as subject"),
        pytest.param(signed(sub="ada"), id="a subject that is not an id"),
        pytest.param(signed(sub=None), id="without sub"),
        pytest.param(signed(iat=None), id="without iat"),
        pytest.param(signed(exp=None), id="without exp"),
        pytest.param(signed(jti=None), id="without jti"),
        pytest.param(signed(iss=None), id="without iss"),
        pytest.param(signed(aud=None), id="without aud"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="three letters"),
        pytest.param(unsigned(b"[]"), id="a list as header"),
        pytest.param(unsigned(b'{"kid":' + b"[" * 5000), id="a header nested 5,000 levels deep"),
        pytest.param("x" * 1_000_000, id="a million characters"),
        pytest.param(signed() + "." * 100_000, id="100,003 parts"),
        pytest.param(signed() + "\0", id="a trailing NUL"),
        pytest.param(signed() + "é", id="a trailing letter beyond ASCII"),
        pytest.param(f"{signed()} {signed()}", id="two tokens"),
    ],
)
def test_refuses_a_forged_token(forged: str) -> None:
    """A token is valid only if this service issued exactly this text."""
    with pytest.raises(InvalidTokenError):
        TOKENS.read(forged)
