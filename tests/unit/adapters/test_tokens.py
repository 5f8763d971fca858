"""JSON Web Tokens: what the signature proves, and what it does not hide."""

import json
from datetime import timedelta

import jwt
import pytest
from time_machine import Traveller

from app.adapters.tokens import key_id
from app.domain.errors import InvalidTokenError
from tests.support import base64url
from tests.support.factories import NOW, SECRET, USER_ID, make_tokens

FORMER_SECRET = "f" * 32
pytestmark = pytest.mark.usefixtures("frozen_clock")


def decoded(part: str) -> dict[str, object]:
    """Return one part of a token, which is JSON in base64url."""
    fields: dict[str, object] = json.loads(base64url.decode(part))
    return fields


def test_a_token_names_its_user() -> None:
    """Another process with the same secret reads the id of the user."""
    token = make_tokens().issue(USER_ID)

    assert make_tokens().read(token.text).user_id == USER_ID


@pytest.mark.parametrize(
    ("minutes", "seconds"), [(1, 60), (60, 3600), (24 * 60, 86_400), (30 * 24 * 60, 2_592_000)]
)
def test_the_lifetime_is_in_seconds(minutes: int, seconds: int) -> None:
    """OAuth 2.0 calls it expires_in (RFC 6749); `timedelta.seconds` would leave out whole days."""
    tokens = make_tokens(lifetime=timedelta(minutes=minutes))

    assert tokens.issue(USER_ID).expires_in == seconds


def test_a_token_says_when_it_expires() -> None:
    """The leeway, which allows for clocks that differ, is not added to the time."""
    token = make_tokens().issue(USER_ID)

    assert make_tokens().read(token.text).expires_at == NOW + timedelta(hours=1)


def test_anybody_can_read_what_is_inside() -> None:
    """The payload is encoded, not encrypted, so nothing private may be in it."""
    header, payload, _signature = make_tokens().issue(USER_ID).text.split(".")

    assert decoded(payload).keys() == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert decoded(header) == {"alg": "HS256", "typ": "JWT", "kid": key_id(SECRET)}


def test_the_signature_is_not_the_secret() -> None:
    """The signature is computed with the secret, but does not contain it."""
    token = make_tokens().issue(USER_ID).text

    assert SECRET not in token
    assert base64url.encode(SECRET.encode()) not in token


def test_the_key_id_is_not_part_of_the_secret() -> None:
    """The id names the secret in every token, so it must not reveal any of it."""
    assert key_id(SECRET) not in SECRET


def test_no_two_tokens_have_the_same_id() -> None:
    """The claim `jti` identifies a token in the log."""
    first, second = (make_tokens().issue(USER_ID).text for _ in range(2))

    assert make_tokens().read(first).token_id != make_tokens().read(second).token_id


def test_accepts_a_token_of_the_previous_secret() -> None:
    """Rotating the secret signs nobody out."""
    token = make_tokens(FORMER_SECRET).issue(USER_ID).text

    assert make_tokens(SECRET, FORMER_SECRET).read(token).user_id == USER_ID


def test_signs_with_the_current_secret() -> None:
    """The previous secret signs no new tokens, so it can be removed after a token's lifetime."""
    token = make_tokens(SECRET, FORMER_SECRET).issue(USER_ID).text

    assert jwt.get_unverified_header(token)["kid"] == key_id(SECRET)


def test_expires_when_the_leeway_is_over(frozen_clock: Traveller) -> None:
    """A token is rejected ten seconds after its expiry, and accepted one second earlier."""
    token = make_tokens().issue(USER_ID).text
    frozen_clock.shift(timedelta(hours=1, seconds=9))
    make_tokens().read(token)

    frozen_clock.shift(timedelta(seconds=1))

    with pytest.raises(InvalidTokenError, match="ExpiredSignatureError"):
        make_tokens().read(token)


def test_refuses_a_token_of_another_site() -> None:
    """Issuer and audience keep staging and production apart, even with the same secret."""
    token = make_tokens(site="https://staging.example").issue(USER_ID).text

    with pytest.raises(InvalidTokenError):
        make_tokens().read(token)
