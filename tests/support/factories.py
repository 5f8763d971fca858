"""What tests of more than one layer are built from."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from argon2 import PasswordHasher

from app.settings import Settings

# A real hash costs a tenth of a second; what a test looks at is not its strength.
CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)

_numbers = count(1)


def make_settings(**overrides: Any) -> Settings:  # noqa: ANN401 -- a setting of any type
    """Return settings that would start, with these in place of the defaults.

    The environment of whoever runs the tests has no say in them.
    """
    required: dict[str, Any] = {
        "database_url": "postgresql://nobody@127.0.0.1:1/nothing",
        "secret_key": "a secret key for tests and nothing else",
    }
    return Settings(_env_prefix="NOT_FOR_TESTS_", **(required | overrides))


def make_email() -> str:
    """Return an e-mail that no other test has."""
    return f"person-{next(_numbers)}@example.org"


def make_password() -> str:
    """Return a password that the service takes."""
    return "correct horse battery staple"
