"""Password hashing with Argon2id."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from app.domain.errors import BusyError

# OWASP's minimum: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
RECOMMENDED = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)

# Each hash takes 19 MiB and a core; a crowd of sign-ins queues instead of taking all of both.
MOST_AT_ONCE = 2
LONGEST_WAIT_SECONDS = 5


class Argon2Passwords:
    """Hashes and compares passwords, a few at once."""

    def __init__(self, hasher: PasswordHasher = RECOMMENDED) -> None:
        """Use the hasher's costs for new hashes and for the hash that nobody has."""
        self._hasher = hasher
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        self._nobodys_hash = hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """Return a salted hash in PHC form; raises BusyError."""
        with self._place():
            return self._hasher.hash(password)

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; None for a hash costs the same time and is always False. Raises BusyError."""
        with self._place():
            try:
                self._hasher.verify(password_hash or self._nobodys_hash, password)
            except VerifyMismatchError:
                return False
        return password_hash is not None

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise BusyError
        try:
            yield
        finally:
            self._places.release()
