"""How a password is looked up among breached ones without giving it away.

The service sends 5 of the 40 hexadecimal digits of the password's SHA-1 hash and gets every
breached hash that begins with them (k-anonymity). Source:
https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
"""

import re
from hashlib import sha1

PREFIX_LENGTH = 5
ANSWER_LINE = re.compile(r"([0-9A-F]{35}):([0-9]+)", re.ASCII | re.IGNORECASE)


def split_hash(password: str) -> tuple[str, str]:
    """Return the 5 digits of the password's hash that may be sent, and the 35 that never are."""
    digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    return digest[:PREFIX_LENGTH], digest[PREFIX_LENGTH:]


def times_seen(suffix: str, answer: str) -> int:
    """Return how often the hash with this suffix was seen in breaches, 0 for never.

    `answer` has one `SUFFIX:COUNT` a line; padding lines have the count 0.
    Raises ValueError when a line is anything else.
    """
    return max(
        (count for found, count in map(_parse, answer.split()) if found == suffix), default=0
    )


def _parse(line: str) -> tuple[str, int]:
    match = ANSWER_LINE.fullmatch(line)
    if match is None:
        raise ValueError("the answer has a line that is not SUFFIX:COUNT")
    return match[1].upper(), int(match[2])
