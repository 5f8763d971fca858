"""What an attacker can do with an intercepted token: read it and use it, but not change it."""

import base64
import json
from datetime import timedelta

from app.adapters.tokens import LEEWAY, JwtTokens
from app.domain.errors import InvalidTokenError

SECRET = "a secret that only the server knows"  # noqa: S105 -- used in this demo only
SITE = "http://127.0.0.1:8000"


def main() -> None:
    """Read a token without a key, use it, change it, and use it after it has expired."""
    server = JwtTokens([SECRET], site=SITE, lifetime=timedelta(hours=1))
    token = server.issue(7).text
    claims = read_without_key(token)
    print(f"read without a key (nothing about the user but sub = {claims['sub']}):")
    print("   ", ", ".join(claims))
    print("used as it is:", verify(server, token))
    print("changed to say sub = 8:", verify(server, with_subject(token, "8")))
    # A negative lifetime makes a token that has expired, even allowing for clock skew.
    expired = JwtTokens([SECRET], site=SITE, lifetime=-LEEWAY)
    print("used after it expired:", verify(server, expired.issue(7).text))


def read_without_key(token: str) -> dict[str, object]:
    """Decode the payload, the second part of a token: it is base64url and JSON."""
    payload = token.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


def with_subject(token: str, subject: str) -> str:
    """Return the token with another user's id and the old signature."""
    header, _, signature = token.split(".")
    claims = read_without_key(token) | {"sub": subject}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{header}.{payload}.{signature}"


def verify(server: JwtTokens, token: str) -> str:
    """Return whether the server accepts the token, and why not."""
    try:
        return f"accepted, from user {server.read(token).user_id}"
    except InvalidTokenError as error:
        return f"refused ({error})"
