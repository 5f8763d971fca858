"""Tokens: what a signature proves, and what it does not hide."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
from time_machine import Traveller

from app.adapters.tokens import JwtTokens, key_id
from app.domain.errors import InvalidTokenError
from tests.support.factories import NOW
from tests.support.unit_factories import USER_ID

SECRET, FORMER_SECRET = "s" * 32, "f" * 32
SITE = "https://todo.example"
LIFETIME = timedelta(minutes=60)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def make_tokens(*secrets: str, site: str = SITE, lifetime: timedelta = LIFETIME) -> JwtTokens:
    """Return tokens that are signed with the first of the secrets."""
    return JwtTokens(secrets or (SECRET,), site=site, lifetime=lifetime)


def decoded(part: str) -> dict[str, object]:
    """Read one part of a token, as anybody can."""
    fields: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return fields


def test_speaks_for_the_user_it_was_issued_to() -> None:
    """A token that comes back says whose it is."""
    token = make_tokens().issue(USER_ID)

    assert make_tokens().read(token.text).user_id == USER_ID


@pytest.mark.parametrize(
    ("minutes", "seconds"), [(1, 60), (60, 3600), (24 * 60, 86_400), (30 * 24 * 60, 2_592_000)]
)
def test_says_how_long_it_lasts(minutes: int, seconds: int) -> None:
    """The lifetime is given in seconds, as clients need it, be it a minute or a month."""
    tokens = make_tokens(lifetime=timedelta(minutes=minutes))

    assert tokens.issue(USER_ID).expires_in == seconds


def test_says_when_it_expires() -> None:
    """Whoever reads a token learns when its time is over, without the leeway."""
    token = make_tokens().issue(USER_ID)

    assert make_tokens().read(token.text).expires_at == NOW + LIFETIME


def test_anybody_can_read_what_is_inside() -> None:
    """The payload is not encrypted: without any key it shows the claims, and nothing private."""
    header, payload, _signature = make_tokens().issue(USER_ID).text.split(".")

    assert decoded(payload).keys() == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert decoded(header) == {"alg": "HS256", "typ": "JWT", "kid": key_id(SECRET)}


def test_the_signature_is_not_the_secret() -> None:
    """The secret is in no part of the token; the signature is made with it."""
    token = make_tokens().issue(USER_ID).text

    assert SECRET not in token
    assert base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("=") not in token


def test_the_key_id_shows_nothing_of_its_secret() -> None:
    """By its id a secret can be recognised, and no part of it be read."""
    assert key_id(SECRET) not in SECRET


def test_no_two_tokens_have_the_same_id() -> None:
    """Each token has an id of its own, by which the log tells them apart."""
    first, second = (make_tokens().issue(USER_ID).text for _ in range(2))

    assert make_tokens().read(first).token_id != make_tokens().read(second).token_id


def test_accepts_a_token_of_the_former_secret() -> None:
    """While a secret is rotated out, what it signed stays valid."""
    token = make_tokens(FORMER_SECRET).issue(USER_ID).text

    assert make_tokens(SECRET, FORMER_SECRET).read(token).user_id == USER_ID


def test_signs_with_the_current_secret() -> None:
    """The former secret signs nothing new."""
    token = make_tokens(SECRET, FORMER_SECRET).issue(USER_ID).text

    assert jwt.get_unverified_header(token)["kid"] == key_id(SECRET)


def test_lasts_until_the_leeway_is_over(frozen_clock: Traveller) -> None:
    """Ten seconds past its time a token is refused, and not a second before."""
    token = make_tokens().issue(USER_ID).text
    frozen_clock.shift(LIFETIME + timedelta(seconds=9))
    make_tokens().read(token)

    frozen_clock.shift(timedelta(seconds=1))

    with pytest.raises(InvalidTokenError, match="ExpiredSignatureError"):
        make_tokens().read(token)


def test_refuses_a_token_of_another_site() -> None:
    """A token that another site issued with the same secret is not ours."""
    token = make_tokens(site="https://staging.example").issue(USER_ID).text

    with pytest.raises(InvalidTokenError):
        make_tokens().read(token)
