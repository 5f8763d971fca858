"""Factories: a test names only what matters to it, and gets valid values for everything else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from app.adapters.breaches import PwnedPasswords
from app.adapters.live import LiveUpdates
from app.adapters.passwords import Argon2Passwords
from app.adapters.todos import TodoRepository
from app.adapters.tokens import JwtTokens
from app.adapters.users import UserRepository
from app.api.dependencies import Dependencies, SiteConfig
from app.domain.accounts import Credentials, User
from app.domain.limits import LimitRules
from app.domain.todos import Todo
from app.settings import Settings
from tests.support.fakes import FakeAttemptStore, UnconnectedDatabase

# A real hash takes a tenth of a second; no test depends on its strength.
CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
SECRET = "s" * 32
# Flask's test client sends its requests to this host.
SITE_URL = "http://localhost"
# What a browser adds to the requests of our own page.
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
USER_ID = 7
WINDOW = timedelta(minutes=15)
# The smallest numbers that make the three limits differ.
RULES = LimitRules(WINDOW, failures_per_account=2, failures_per_address=5, sign_ups_per_address=3)
# Ada's e-mail is not in canonical form, and the spaces around her password belong to it.
ADA = {"email": "Ada@Example.org", "password": " Correct horse battery "}

_numbers = count(1)


def make_settings(**overrides: Any) -> Settings:  # noqa: ANN401 -- a setting of any type
    """Return valid settings that ignore the environment in which the tests run."""
    required: dict[str, Any] = {
        "database_url": "postgresql://nobody@127.0.0.1:1/nothing",
        "secret_key": "a secret key for tests and nothing else",
    }
    return Settings(_env_prefix="NOT_FOR_TESTS_", **(required | overrides))


def make_email() -> str:
    """Return an e-mail address that no other test uses."""
    return f"person-{next(_numbers)}@example.org"


def make_password() -> str:
    """Return a password that the service accepts."""
    return "correct horse battery staple"


def make_todo(**fields: object) -> Todo:
    """Return an open todo without a due date, except for the given fields."""
    defaults: dict[str, Any] = {
        "id": 1,
        "title": "Buy milk",
        "completed": False,
        "order": 1,
        "due": None,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Todo(**(defaults | fields))


def make_user(email: str = "ada@example.org") -> User:
    """Return the user to whom `make_token` issues tokens."""
    return User(USER_ID, email, NOW)


def make_credentials(password: str = ADA["password"]) -> Credentials:
    """Return the credentials of `make_user` with a real, but cheap, hash of the password."""
    return Credentials(make_user(), CHEAP_HASHER.hash(password))


def make_tokens(
    *secrets: str, site: str = SITE_URL, lifetime: timedelta = timedelta(hours=1)
) -> JwtTokens:
    """Return the issuer of tokens; by default it has one secret."""
    return JwtTokens(secrets or (SECRET,), site=site, lifetime=lifetime)


def make_site_config(**changes: Any) -> SiteConfig:  # noqa: ANN401 -- facts of any type
    """Return a local site in UTC, behind no proxy, with small limits."""
    return replace(
        SiteConfig(SITE_URL, ZoneInfo("UTC"), trusted_proxies=0, limits=RULES), **changes
    )


def make_dependencies(**changes: Any) -> Dependencies:  # noqa: ANN401 -- adapters of any type
    """Return the service's own adapters, which reach nothing outside the process.

    Only the attempts come from a fake. A test replaces a method whose answer it needs, such as
    `mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)`.
    """
    database = UnconnectedDatabase()
    dependencies = Dependencies(
        site=make_site_config(),
        users=UserRepository(database),
        todos=TodoRepository(database, max_todos=1),
        attempts=FakeAttemptStore(WINDOW),
        breaches=PwnedPasswords("https://breaches.example"),
        passwords=Argon2Passwords(CHEAP_HASHER),
        tokens=make_tokens(),
        live=LiveUpdates("", database, max_pages=0),
        health=database,
    )
    return replace(dependencies, **changes)
