"""What holds for every token, whether or not this service issued it."""

import hmac
import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.adapters.tokens import JwtTokens, key_id
from app.domain.errors import InvalidTokenError
from tests.support import base64url

SECRET = "s" * 32
TOKENS = JwtTokens([SECRET], site="https://todo.example", lifetime=timedelta(minutes=60))

texts = st.text(max_size=9) | st.sampled_from(["HS256", "none", "JWT", key_id(SECRET)])
values = texts | st.none() | st.integers() | st.lists(texts) | st.dictionaries(texts, texts)
headers = values | st.fixed_dictionaries({"alg": values, "kid": values, "typ": values})


# Besides floats, which include infinity and NaN: whole numbers and texts that look like numbers.
numbers = st.floats() | st.integers() | st.integers().map(str) | st.floats().map(str)


def signed(header: object, claims: object) -> str:
    """Return a token with exactly these parts, correctly signed with the service's secret."""
    text = ".".join(base64url.encode(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{base64url.encode(hmac.digest(SECRET.encode(), text.encode(), 'sha256'))}"


@given(user_id=st.integers(1, 10**18 - 1))
def test_reads_the_token_of_every_user(user_id: int) -> None:
    """A subject is a string in a JWT (RFC 7519), and becomes a number again for every id."""
    assert TOKENS.read(TOKENS.issue(user_id).text).user_id == user_id


@given(place=st.integers(min_value=0), bit=st.integers(0, 7), part=st.integers(0, 2))
def test_no_bit_can_be_changed(place: int, bit: int, part: int) -> None:
    """Flipping any bit of the header, the payload or the signature invalidates the token.

    The bit is one of the bytes: in base64url, the last letter of a part has unused bits.
    """
    parts = [bytearray(base64url.decode(text)) for text in TOKENS.issue(7).text.split(".")]
    parts[part][place % len(parts[part])] ^= 1 << bit

    with pytest.raises(InvalidTokenError):
        TOKENS.read(".".join(map(base64url.encode, parts)))


@given(header=headers, claims=values, signature=st.binary())
def test_a_malformed_token_raises_no_other_error(
    header: object, claims: object, signature: bytes
) -> None:
    """Any other exception would be answered with status 500 instead of 401."""
    parts = json.dumps(header).encode(), json.dumps(claims).encode(), signature

    with pytest.raises(InvalidTokenError):
        TOKENS.read(".".join(map(base64url.encode, parts)))


@given(
    part=st.integers(0, 1),
    name=st.sampled_from(["sub", "iat", "exp", "nbf", "jti", "iss", "aud", "alg", "kid", "crit"]),
    value=values | numbers,
)
@example(part=1, name="exp", value=1e308)
@example(part=1, name="exp", value="2000000000")
@example(part=1, name="iat", value=float("inf"))
def test_the_right_signature_makes_no_other_error(part: int, name: str, value: object) -> None:
    """Whatever one claim or header field holds, the token is read or refused, and never a 500."""
    parts = [json.loads(base64url.decode(text)) for text in TOKENS.issue(7).text.split(".")[:2]]
    parts[part][name] = value

    with suppress(InvalidTokenError):
        TOKENS.read(signed(*parts))


@pytest.mark.parametrize("subject", ["-5", "0", "007", " 7", "+7", "1_0", "\uff17", "9" * 19])
def test_a_subject_has_one_spelling(subject: str) -> None:
    """An id that PostgreSQL could not hold, or that `str` writes differently, names no user."""
    header, claims = (
        json.loads(base64url.decode(text)) for text in TOKENS.issue(7).text.split(".")[:2]
    )

    with pytest.raises(InvalidTokenError):
        TOKENS.read(signed(header, claims | {"sub": subject}))
