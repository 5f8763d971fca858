"""What the HTTP layer is handed: its outside world, and the facts of this site."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from app.domain.limits import LimitRules
from app.domain.ports import (
    AttemptStore,
    Breaches,
    Health,
    LiveUpdates,
    Passwords,
    TodoStore,
    Tokens,
    UserStore,
)

KEY = "todo-three-ways"
LOOPBACK_NAMES = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the service is reached, and by which calendar and limits it goes."""

    url: str
    timezone: ZoneInfo
    trusted_proxies: int
    limits: LimitRules

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by HTTPS."""
        return self.url.startswith("https://")

    @property
    def hosts(self) -> set[str]:
        """The Host headers that are ours; on one's own machine both of its names are."""
        parts = urlsplit(self.url)
        if parts.hostname not in LOOPBACK_NAMES:
            return {parts.netloc}
        return {parts.netloc.replace(parts.hostname, name) for name in LOOPBACK_NAMES}

    @property
    def origins(self) -> set[str]:
        """The origins (RFC 6454) of our own pages."""
        return {f"{urlsplit(self.url).scheme}://{host}" for host in self.hosts}


@dataclass(frozen=True, slots=True)
class Parts:
    """Every outside thing that a request may need."""

    users: UserStore
    todos: TodoStore
    attempts: AttemptStore
    breaches: Breaches
    passwords: Passwords
    tokens: Tokens
    live: LiveUpdates
    health: Health


def parts() -> Parts:
    """Return the parts of the app that handles the current request."""
    return cast("Parts", current_app.extensions[KEY][0])


def site() -> Site:
    """Return the site of the app that handles the current request."""
    return cast("Site", current_app.extensions[KEY][1])
