"""What somebody can do who has got hold of a token: read it, and use it; not change it."""

import base64
import json
from datetime import timedelta

from app.adapters.tokens import LEEWAY, JwtTokens
from app.domain.errors import InvalidTokenError

SECRET = "known to the server, and to nobody else"  # noqa: S105 -- of this show alone
SITE = "http://127.0.0.1:8000"


def main() -> None:
    """Read a token without a key, use it, change it, and use it too late."""
    server = JwtTokens([SECRET], site=SITE, lifetime=timedelta(hours=1))
    token = server.issue(7).text
    claims = read_without_key(token)
    print("read without any key: sub =", claims["sub"], "and nothing else about the person:")
    print("   ", ", ".join(claims))
    print("used as it is:", answer(server, token))
    print("changed to say sub = 8:", answer(server, with_subject(token, "8")))
    # As if an hour had passed, and a little more for clocks that differ.
    past = JwtTokens([SECRET], site=SITE, lifetime=-LEEWAY)
    print("used after it expired:", answer(server, past.issue(7).text))


def read_without_key(token: str) -> dict[str, object]:
    """Decode the second part of a token."""
    payload = token.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


def with_subject(token: str, subject: str) -> str:
    """Return the token with another user's id under the old signature."""
    header, _, signature = token.split(".")
    claims = read_without_key(token) | {"sub": subject}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{header}.{payload}.{signature}"


def answer(server: JwtTokens, token: str) -> str:
    """Say what the server makes of it."""
    try:
        return f"accepted, from user {server.read(token).user_id}"
    except InvalidTokenError as error:
        return f"refused ({error})"


if __name__ == "__main__":
    main()
