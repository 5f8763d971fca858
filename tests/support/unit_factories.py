"""What tests need but do not care about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.api.dependencies import SiteConfig
from app.domain.accounts import Credentials, User
from app.domain.limits import LimitRules
from app.domain.todos import Todo
from tests.support.factories import NOW

SITE_URL = "http://localhost"
USER_ID = 7
WINDOW = timedelta(minutes=15)
# As few as make the three limits differ.
RULES = LimitRules(WINDOW, failures_per_account=2, failures_per_address=5, sign_ups_per_address=3)

# What ada signs up and in with: her e-mail is not in canonical form, and her password has spaces
# at its ends, which belong to it.
ADA = {"email": "Ada@Example.org", "password": " Correct horse battery "}
# As browsers say that our own page makes a request.
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}

TODO: dict[str, Any] = {
    "id": 1,
    "title": "Buy milk",
    "completed": False,
    "order": 1,
    "due": None,
    "created_at": NOW,
    "updated_at": NOW,
}


def make_todo(**fields: object) -> Todo:
    """Return a todo of which only the named fields matter."""
    return Todo(**(TODO | fields))


def make_user(email: str = "ada@example.org") -> User:
    """Return the user that tokens speak for."""
    return User(USER_ID, email, NOW)


def make_credentials(password_hash: str = "the stored hash") -> Credentials:
    """Return what sign-in finds for a known e-mail."""
    return Credentials(make_user(), password_hash)


def make_site_config(**changes: Any) -> SiteConfig:  # noqa: ANN401 -- facts of any type
    """Return a site on one's own machine, in UTC, behind no proxy, with small limits."""
    return replace(
        SiteConfig(SITE_URL, ZoneInfo("UTC"), trusted_proxies=0, limits=RULES), **changes
    )
