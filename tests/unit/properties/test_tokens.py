"""What holds for every token, ours and others'."""

import base64
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.tokens import JwtTokens, key_id
from app.domain.errors import InvalidTokenError

SECRET = "s" * 32
TOKENS = JwtTokens([SECRET], site="https://todo.example", lifetime=timedelta(minutes=60))
TOKEN = TOKENS.issue(7).text

texts = st.text(max_size=9) | st.sampled_from(["HS256", "none", "JWT", key_id(SECRET)])
values = texts | st.none() | st.integers() | st.lists(texts) | st.dictionaries(texts, texts)
headers = values | st.fixed_dictionaries({"alg": values, "kid": values, "typ": values})


def encoded(part: bytes | bytearray) -> str:
    """Return a part of a token, as it is sent."""
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def decoded(part: str) -> bytes:
    """Return what a part of a token means."""
    return base64.urlsafe_b64decode(part + "==")


@given(user_id=st.integers(min_value=1))
def test_comes_back_as_it_was_issued(user_id: int) -> None:
    """A token says whose it is, for each id that there can be."""
    assert TOKENS.read(TOKENS.issue(user_id).text).user_id == user_id


@given(place=st.integers(min_value=0), bit=st.integers(0, 7), part=st.integers(0, 2))
def test_no_bit_can_be_changed(place: int, bit: int, part: int) -> None:
    """One bit of the header, the claims or the signature that is not ours, and nothing is valid.

    Of the bytes, not of the letters: the last letter of a part has bits that mean nothing.
    """
    dependencies = [bytearray(decoded(text)) for text in TOKEN.split(".")]
    dependencies[part][place % len(dependencies[part])] ^= 1 << bit

    with pytest.raises(InvalidTokenError):
        TOKENS.read(".".join(map(encoded, dependencies)))


@given(header=headers, claims=values, signature=st.binary())
def test_no_token_is_more_than_invalid(header: object, claims: object, signature: bytes) -> None:
    """Whatever somebody makes up for a token, it is refused, and never an error of ours."""
    dependencies = json.dumps(header).encode(), json.dumps(claims).encode(), signature

    with pytest.raises(InvalidTokenError):
        TOKENS.read(".".join(map(encoded, dependencies)))
