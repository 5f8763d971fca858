"""A token, taken apart into its three parts."""

import base64
import json
from datetime import UTC, datetime, timedelta

from app.adapters.tokens import JwtTokens

SECRET = "known to the server, and to nobody else"  # noqa: S105 -- of this show alone
MEANINGS = {
    "sub": "whose it is: the user's id",
    "iat": "when it was issued",
    "exp": "when it expires",
    "jti": "its own id, for the log",
    "iss": "who issued it",
    "aud": "for whom it was issued",
}


def main() -> None:
    """Issue a token as signing in does, and say what is in each part."""
    tokens = JwtTokens([SECRET], site="http://127.0.0.1:8000", lifetime=timedelta(hours=1))
    header, payload, signature = tokens.issue(7).text.split(".")

    print("header:", ", ".join(f"{name} = {value}" for name, value in fields(header).items()))
    print("payload:")
    for name, value in fields(payload).items():
        print(f"    {name} = {shown(name, value)} ({MEANINGS[name]})")
    print(
        "signature:", len(base64.urlsafe_b64decode(signature + "==")), "bytes, made with the secret"
    )


def fields(part: str) -> dict[str, object]:
    """Decode one part: it is JSON, written in the 64 letters of base64url."""
    decoded: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return decoded


def shown(name: str, value: object) -> object:
    """Return a moment as a person writes it; the id is another each time, so it is left out."""
    if name in {"iat", "exp"} and isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).strftime("%H:%M")
    return "…" if name == "jti" else value


if __name__ == "__main__":
    main()
