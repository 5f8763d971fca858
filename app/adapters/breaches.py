"""Pwned Passwords, the one external HTTP API.

Sign-up must not depend on it: when it is slow, down or talks nonsense, a password passes.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from app.domain.breaches import split_hash, times_seen

log = logging.getLogger(__name__)

# Of the real service's answers the longest have about 45 kB.
LONGEST_ANSWER = 256 * 1024


class UnusableAnswerError(Exception):
    """The service answered, but not with a list of hashes in time."""


class PwnedPasswords:
    """The range API of Pwned Passwords: https://haveibeenpwned.com/API/v3#PwnedPasswords."""

    def __init__(self, url: str, *, seconds: float = 1.0) -> None:
        """Ask the service at `url`; give up after `seconds` in all."""
        self._url = url
        self._seconds = seconds
        # `requests` has no limit for name resolution, so the limit is kept from another thread.
        # Few of them: when all hang, later sign-ups wait their second and go on.
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="breaches")

    def contain(self, password: str) -> bool:
        """Say whether the password is a known one; False when that cannot be found out in time."""
        prefix, suffix = split_hash(password)
        question = self._threads.submit(self._ask, prefix)
        try:
            return times_seen(suffix, question.result(timeout=self._seconds)) > 0
        except (requests.RequestException, UnusableAnswerError, TimeoutError, ValueError) as error:
            question.cancel()
            log.warning("breach check skipped: %s", type(error).__name__)
            return False

    def _ask(self, prefix: str) -> str:
        deadline = time.monotonic() + self._seconds
        with requests.get(
            f"{self._url}/range/{prefix}",
            headers={"Add-Padding": "true", "User-Agent": "todo-three-ways"},
            timeout=self._seconds,
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                raise UnusableAnswerError(f"status {response.status_code}")
            return _read(response, deadline)


def _read(response: requests.Response, deadline: float) -> str:
    """Read the body; its parts may drip in, so each one is a look at the clock."""
    body = bytearray()
    for part in response.iter_content(chunk_size=4096):
        body += part
        if len(body) > LONGEST_ANSWER or time.monotonic() > deadline:
            raise UnusableAnswerError("too long, or too slow")
    return body.decode("ascii")
