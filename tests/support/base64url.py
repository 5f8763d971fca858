"""The encoding of a token's parts: base64url without padding (RFC 7515, appendix C)."""

import base64


def encode(data: bytes | bytearray) -> str:
    """Encode bytes, and leave out the padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Decode a text; Python ignores padding that is not needed."""
    return base64.urlsafe_b64decode(text + "==")
