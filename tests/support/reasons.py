"""Why something failed, in one line: a library's own text may have hundreds of characters."""

import re
from textwrap import shorten

MAX_LENGTH = 120
# What Docker's engine says of an image, and what it means.
PULLS = {
    "no such host|name resolution|server misbehaving": "there is no network, or no such registry",
    "refused|timeout|deadline|unreachable|no route|EOF": "its registry does not answer",
    "toomanyrequests": "its registry allows no more pulls for now",
    "unauthorized|denied|manifest unknown|not found": "its registry has no such image for you",
    "no space left": "the disk is full",
    "x509": "Docker does not trust its registry's certificate",
}


def reason(error: BaseException) -> str:
    """Return the first line of an error's text, without Docker's address of a request."""
    text = str(getattr(error, "explanation", None) or error).strip() or type(error).__name__
    return shorten(text.splitlines()[0], MAX_LENGTH, placeholder=" …")


def reason_of_pull(error: BaseException) -> str:
    """Return in words why an image cannot be pulled."""
    text = str(error)
    known = (words for sign, words in PULLS.items() if re.search(sign, text, re.IGNORECASE))
    return next(known, reason(error))
