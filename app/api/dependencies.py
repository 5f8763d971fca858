"""What the API is given: the adapters behind its ports, and the facts of this site."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from app import ports
from app.domain.limits import LimitRules

EXTENSION = "todo-three-ways"
LOOPBACK_NAMES = {"127.0.0.1", "localhost"}


@dataclass(frozen=True)
class SiteConfig:
    """Where browsers reach the service, and which calendar and limits it applies."""

    url: str
    timezone: ZoneInfo
    trusted_proxies: int
    limits: LimitRules

    @cached_property
    def is_secure(self) -> bool:
        """Whether browsers reach the service by HTTPS."""
        return self.url.startswith("https://")

    @cached_property
    def hosts(self) -> set[str]:
        """The accepted Host headers: both loopback names when the URL has one of them."""
        address = urlsplit(self.url)
        if address.hostname not in LOOPBACK_NAMES:
            return {address.netloc}
        return {address.netloc.replace(address.hostname, name) for name in LOOPBACK_NAMES}

    @cached_property
    def origins(self) -> set[str]:
        """The origins (RFC 6454) of our own pages."""
        return {f"{urlsplit(self.url).scheme}://{host}" for host in self.hosts}


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Everything from outside that a request may need; tests pass test doubles here."""

    site: SiteConfig
    users: ports.UserStore
    todos: ports.TodoStore
    attempts: ports.AttemptStore
    breaches: ports.Breaches
    passwords: ports.Passwords
    tokens: ports.Tokens
    live: ports.LiveUpdates
    health: ports.Health


def dependencies() -> Dependencies:
    """Return the dependencies of the application that handles the current request."""
    found: Dependencies = current_app.extensions[EXTENSION]
    return found
