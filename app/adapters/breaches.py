"""Pwned Passwords, the one external HTTP API, and how a password is looked up without revealing it.

The service sends 5 of the 40 hexadecimal digits of the password's SHA-1 hash, and receives every
breached hash that begins with them (k-anonymity). Source:
https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange

Sign-up must not depend on it: when the API is slow, down or answers nonsense, a password passes.
"""

import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1

import requests
from typing_extensions import override

from app.ports import Breaches

log = logging.getLogger(__name__)

PREFIX_LENGTH = 5
RESPONSE_LINE = re.compile(r"([0-9A-F]{35}):([0-9]+)", re.ASCII | re.IGNORECASE)
# The longest responses of the real service have about 45 kB.
MAX_RESPONSE_BYTES = 256 * 1024


class UnusableResponseError(Exception):
    """The API answered, but not with a list of hashes in time."""


class PwnedPasswords(Breaches):
    """The range API at `url`, which is given up after `seconds` in all."""

    def __init__(self, url: str, *, seconds: float = 1.0) -> None:
        self._url = url
        self._seconds = seconds
        # `requests` cannot limit name resolution, so another thread waits for it. There are few
        # of them: when all hang, later sign-ups wait out their second and go on.
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="breaches")

    @override
    def contain(self, password: str) -> bool:
        prefix, suffix = split_hash(password)
        try:
            return count_in_response(suffix, self._fetch_in_time(prefix)) > 0
        # Anything may fail, such as reading a file of certificates that does not exist.
        except Exception as error:  # noqa: BLE001
            log.warning("breach check skipped: %s", type(error).__name__)
            return False

    def _fetch_in_time(self, prefix: str) -> str:
        response = self._threads.submit(self._fetch, prefix)
        try:
            return response.result(timeout=self._seconds)
        finally:
            response.cancel()  # when nobody waits for it any more, it need not be sent

    def _fetch(self, prefix: str) -> str:
        deadline = time.monotonic() + self._seconds
        with requests.get(
            f"{self._url}/range/{prefix}",
            headers={"Add-Padding": "true", "User-Agent": "todo-three-ways"},
            timeout=self._seconds,
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                raise UnusableResponseError(f"status {response.status_code}")
            return _read(response, deadline)


def split_hash(password: str) -> tuple[str, str]:
    """Return the 5 digits of the password's hash that are sent, and the 35 that never are."""
    digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    return digest[:PREFIX_LENGTH], digest[PREFIX_LENGTH:]


def count_in_response(suffix: str, response: str) -> int:
    """Return how often the hash with this suffix was seen in breaches, 0 for never.

    The response has one `SUFFIX:COUNT` a line; padding lines have the count 0.
    Raises ValueError when a line is anything else.
    """
    return max(
        (count for found, count in map(_parse, response.split()) if found == suffix), default=0
    )


def _parse(line: str) -> tuple[str, int]:
    match = RESPONSE_LINE.fullmatch(line)
    if match is None:
        raise ValueError("the response has a line that is not SUFFIX:COUNT")
    return match[1].upper(), int(match[2])


def _read(response: requests.Response, deadline: float) -> str:
    """Read the body in parts, which may arrive slowly, and check the deadline after each."""
    body = bytearray()
    for part in response.iter_content(chunk_size=4096):
        body += part
        if len(body) > MAX_RESPONSE_BYTES or time.monotonic() > deadline:
            raise UnusableResponseError("too long, or too slow")
    return body.decode("ascii")
