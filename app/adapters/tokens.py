"""Signed tokens: JSON Web Tokens (RFC 7519) with HMAC-SHA-256.

The signature proves who made a token; it hides nothing. Anyone who holds one can read it.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import jwt
from typing_extensions import override

from app.domain.errors import InvalidTokenError
from app.ports import Claims, IssuedToken, Tokens

# Named here and never taken from the token: its sender could choose a weaker one.
ALGORITHM = "HS256"
REQUIRED_CLAIMS = ["sub", "iat", "exp", "jti", "iss", "aud"]
# How far the clocks of two machines may differ.
LEEWAY = timedelta(seconds=10)
# An id as `str` writes it, which fits into PostgreSQL's bigint.
USER_ID = re.compile(r"[1-9][0-9]{0,17}")


class JwtTokens(Tokens):
    """Issues tokens with the first secret and accepts those of every secret.

    `site` is both issuer and audience.
    """

    def __init__(self, secrets_: Sequence[str], *, site: str, lifetime: timedelta) -> None:
        self._secrets = {key_id(secret): secret for secret in secrets_}
        self._current = key_id(secrets_[0])
        self._site = site
        self._lifetime = lifetime

    @override
    def issue(self, user_id: int) -> IssuedToken:
        now = datetime.now(UTC)
        token_id = secrets.token_urlsafe(16)
        claims = {
            "sub": str(user_id),
            "iat": now,
            "exp": now + self._lifetime,
            "jti": token_id,
            "iss": self._site,
            "aud": self._site,
        }
        secret = self._secrets[self._current]
        text = jwt.encode(claims, secret, ALGORITHM, headers={"kid": self._current})
        return IssuedToken(text, token_id, int(self._lifetime.total_seconds()))

    @override
    def read(self, text: str) -> Claims:
        try:
            secret = self._secrets[jwt.get_unverified_header(text)["kid"]]
            claims = jwt.decode(
                text,
                secret,
                algorithms=[ALGORITHM],
                audience=self._site,
                issuer=self._site,
                leeway=LEEWAY,
                options={"require": REQUIRED_CLAIMS},
            )
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
            return Claims(_user_id(claims["sub"]), claims["jti"], expires_at)
        # KeyError: there is no such secret. ValueError: the subject is not an id, or a time is too
        # long a number to parse. OverflowError, OSError, TypeError: `exp` is not a time.
        except (jwt.PyJWTError, KeyError, ValueError, OverflowError, OSError, TypeError) as error:
            raise InvalidTokenError(type(error).__name__) from error


def _user_id(subject: str) -> int:
    if not USER_ID.fullmatch(subject):
        raise ValueError("the subject is not an id")
    return int(subject)


def key_id(secret: str) -> str:
    """Return the public name of a secret, by which a token says which one signed it."""
    return sha256(b"key id of " + secret.encode()).hexdigest()[:8]
