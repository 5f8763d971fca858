"""Tokens that somebody else made: every one is refused."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from app.adapters.tokens import JwtTokens, key_id
from app.domain.errors import InvalidTokenError

SECRET = "s" * 32
SITE = "https://todo.example"
TOKENS = JwtTokens([SECRET], site=SITE, lifetime=timedelta(minutes=60))


def claims(**changed: object) -> dict[str, object]:
    """Return claims that would pass, but for the changed ones; None leaves one out."""
    now = datetime.now(UTC)
    right = {
        "sub": "7",
        "iat": now,
        "exp": now + timedelta(minutes=60),
        "jti": "an id",
        "iss": SITE,
        "aud": SITE,
    }
    return {name: value for name, value in (right | changed).items() if value is not None}


def signed(*, secret: str = SECRET, algorithm: str = "HS256", **changed: object) -> str:
    """Return a token of such claims under the current key's id."""
    return jwt.encode(claims(**changed), secret, algorithm, headers={"kid": key_id(SECRET)})


def raw(header: bytes, payload: bytes = b"{}") -> str:
    """Return a token of these bytes with an empty signature."""
    return (
        ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (header, payload))
        + "."
    )


def with_other_payload(token: str, **changed: Any) -> str:  # noqa: ANN401 -- claims of any type
    """Return the token with claims exchanged under the old signature."""
    header, payload, signature = token.split(".")
    fields = json.loads(base64.urlsafe_b64decode(payload + "==")) | changed
    forged = base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")
    return f"{header}.{forged}.{signature}"


def test_the_untouched_token_would_pass() -> None:
    """What the forgeries below begin with is accepted, so each is refused for its own fault."""
    assert TOKENS.read(signed()).user_id == 7


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(signed(algorithm="none", secret=""), id="no signature at all"),
        pytest.param(signed(secret="x" * 32), id="another secret"),
        pytest.param(signed(algorithm="HS512", secret=SECRET * 2), id="another algorithm"),
        pytest.param(with_other_payload(signed(), sub="8"), id="another user's id written in"),
        pytest.param(signed(aud="https://elsewhere.example"), id="for another audience"),
        pytest.param(signed(iss="https://elsewhere.example"), id="from another issuer"),
        pytest.param(signed(iat=datetime.now(UTC) + timedelta(minutes=1)), id="from the future"),
        pytest.param(signed(sub="ada"), id="a subject that is no id"),
        pytest.param(signed(sub=None), id="without subject"),
        pytest.param(signed(iat=None), id="without time of issue"),
        pytest.param(signed(exp=None), id="without end"),
        pytest.param(signed(jti=None), id="without id"),
        pytest.param(signed(iss=None), id="without issuer"),
        pytest.param(signed(aud=None), id="without audience"),
        pytest.param(jwt.encode(claims(), SECRET, "HS256"), id="without a key's id"),
        pytest.param(
            jwt.encode(claims(), SECRET, "HS256", headers={"kid": "unknown"}), id="unknown key"
        ),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="three letters"),
        pytest.param(raw(b"[]"), id="a header that is a list"),
        pytest.param(raw(b'{"kid":' + b"[" * 5000), id="a header nested without end"),
        pytest.param("é" * 100, id="not ASCII"),
    ],
)
def test_refuses_a_forged_token(forged: str) -> None:
    """A token that this service did not make, as it is, says nothing about anybody."""
    with pytest.raises(InvalidTokenError):
        TOKENS.read(forged)
