"""How the signature of a token is computed, and what happens to a token that was changed."""

import base64
import hashlib
import hmac
from datetime import timedelta

from app.adapters.tokens import JwtTokens
from app.domain.errors import InvalidTokenError

SECRET = "a secret that only the server knows"  # noqa: S105 -- used in this demo only
TOKENS = JwtTokens([SECRET], site="http://127.0.0.1:8000", lifetime=timedelta(hours=1))


def main() -> None:
    """Compute the signature by hand, then change one character of what it signs."""
    token = TOKENS.issue(7).text
    signed, _, signature = token.rpartition(".")
    print("The signature has", len(base64.urlsafe_b64decode(signature + "==")), "bytes.")
    print("The secret is in the token:", SECRET in token)

    by_hand = hmac.digest(SECRET.encode(), signed.encode(), hashlib.sha256)
    computed = base64.urlsafe_b64encode(by_hand).decode().rstrip("=")
    print("Computed again with the secret, it is the same:", computed == signature)

    print("The token as it was issued:", verify(token))
    header, payload, _ = token.split(".")
    other = payload[:-1] + ("A" if payload[-1] != "A" else "B")
    print("With one character changed:", verify(f"{header}.{other}.{signature}"))


def verify(token: str) -> str:
    """Return whether the service accepts the token, and why not."""
    try:
        return f"accepted, from user {TOKENS.read(token).user_id}"
    except InvalidTokenError as error:
        return f"refused ({error})"
