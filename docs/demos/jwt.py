"""A token, split into its three parts."""

import base64
import json
from datetime import UTC, datetime, timedelta

from app.adapters.tokens import JwtTokens

SECRET = "a secret that only the server knows"  # noqa: S105 -- used in this demo only
MEANINGS = {
    "sub": "subject: the user's id",
    "iat": "when it was issued",
    "exp": "when it expires",
    "jti": "the token's own id, for the log",
    "iss": "issuer: who issued it",
    "aud": "audience: who may accept it",
}


def main() -> None:
    """Issue a token as a sign-in does, and print what each part contains."""
    tokens = JwtTokens([SECRET], site="http://127.0.0.1:8000", lifetime=timedelta(hours=1))
    header, payload, signature = tokens.issue(7).text.split(".")

    print("header:", ", ".join(f"{name} = {value}" for name, value in fields(header).items()))
    print("payload:")
    for name, value in fields(payload).items():
        print(f"    {name} = {readable(name, value)} ({MEANINGS[name]})")
    print(
        "signature:", len(base64.urlsafe_b64decode(signature + "==")), "bytes, made with the secret"
    )


def fields(part: str) -> dict[str, object]:
    """Decode one part: it is JSON in base64url."""
    decoded: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return decoded


def readable(name: str, value: object) -> object:
    """Show a timestamp as a time of day; leave out the id, which is random."""
    if name in {"iat", "exp"} and isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).strftime("%H:%M")
    return "…" if name == "jti" else value
