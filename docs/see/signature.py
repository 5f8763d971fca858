"""What the signature of a token is made of, and what happens to a token that was touched."""

import base64
import hashlib
import hmac
from datetime import timedelta

from app.adapters.tokens import JwtTokens
from app.domain.errors import InvalidTokenError

SECRET = "known to the server, and to nobody else"  # noqa: S105 -- of this show alone
TOKENS = JwtTokens([SECRET], site="http://127.0.0.1:8000", lifetime=timedelta(hours=1))


def main() -> None:
    """Make a signature by hand, then change one letter of what it signs."""
    token = TOKENS.issue(7).text
    signed, _, signature = token.rpartition(".")
    print("The signature has", len(base64.urlsafe_b64decode(signature + "==")), "bytes.")
    print("The secret is in the token:", SECRET in token)

    by_hand = hmac.digest(SECRET.encode(), signed.encode(), hashlib.sha256)
    again = base64.urlsafe_b64encode(by_hand).decode().rstrip("=")
    print("Made again with the secret, it is the same:", again == signature)

    print("The token as it was issued:", verdict(token))
    header, payload, _ = token.split(".")
    other = payload[:-1] + ("A" if payload[-1] != "A" else "B")
    print("With one letter changed:", verdict(f"{header}.{other}.{signature}"))


def verdict(token: str) -> str:
    """Say what the service makes of a token."""
    try:
        return f"accepted, from user {TOKENS.read(token).user_id}"
    except InvalidTokenError as error:
        return f"refused ({error})"


if __name__ == "__main__":
    main()
