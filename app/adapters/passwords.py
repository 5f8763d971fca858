"""Password hashing with Argon2id."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from typing_extensions import override

from app.domain.errors import BusyError
from app.ports import Passwords

# OWASP's minimum: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
DEFAULT_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)

# Each hash takes 19 MiB and a core; when many people sign in at once, a few of the others wait.
# Each that waits occupies a thread, so the rest are told at once to come back later.
MAX_CONCURRENT_HASHES = 2
MAX_WAITING = 8
MAX_WAIT_SECONDS = 5


class Argon2Passwords(Passwords):
    """Hashes and compares passwords with the costs of `hasher`, a few at once."""

    def __init__(self, hasher: PasswordHasher = DEFAULT_HASHER) -> None:
        self._hasher = hasher
        self._slots = BoundedSemaphore(MAX_CONCURRENT_HASHES)
        self._places = BoundedSemaphore(MAX_CONCURRENT_HASHES + MAX_WAITING)
        self._dummy_hash = hasher.hash(secrets.token_hex())

    @override
    def hash(self, password: str) -> str:
        with self._slot():
            return self._hasher.hash(password)

    @override
    def verify(self, password: str, password_hash: str | None) -> bool:
        with self._slot():
            try:
                self._hasher.verify(password_hash or self._dummy_hash, password)
            except VerifyMismatchError:
                return False
        return password_hash is not None

    @contextmanager
    def _slot(self) -> Iterator[None]:
        with _acquired(self._places, 0), _acquired(self._slots, MAX_WAIT_SECONDS):
            yield


@contextmanager
def _acquired(semaphore: BoundedSemaphore, seconds: float) -> Iterator[None]:
    if not semaphore.acquire(timeout=seconds):
        raise BusyError
    try:
        yield
    finally:
        semaphore.release()
