"""What the API is given: the adapters behind its ports, and the facts of this site."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from app import ports
from app.api.addresses import canonical_origin
from app.domain.limits import LimitRules

EXTENSION = "todo-three-ways"
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class SiteConfig:
    """Where browsers reach the service, and which calendar and limits it applies.

    `local_port` is the port on which only programs of this machine can reach it, if it has one.
    """

    url: str
    timezone: ZoneInfo
    trusted_proxies: int
    limits: LimitRules
    local_port: int | None = None

    @cached_property
    def is_secure(self) -> bool:
        """Whether browsers reach the service by HTTPS."""
        return self.url.startswith("https://")

    @cached_property
    def cookie(self) -> str:
        """The name of the cookie that holds the token.

        All ports of a host share their cookies, so the name has the port: two services on one
        machine do not sign each other's users out. `__Host-` keeps sibling subdomains from setting
        it, and browsers accept that prefix only under HTTPS.
        """
        port = urlsplit(self.url).port
        return ("__Host-" if self.is_secure else "") + (f"session-{port}" if port else "session")

    @cached_property
    def origins(self) -> set[str]:
        """The origins (RFC 6454) of our own pages: both loopback names when the URL has one.

        A tunnel, such as ssh -L or that of GitHub Codespaces, connects to the local port and names
        it. It may have ended TLS, and nothing else can serve a page from that port.
        """
        url = urlsplit(self.url)
        name = url.netloc.removesuffix(f":{url.port}")
        names = LOOPBACK_NAMES if name in LOOPBACK_NAMES else {name}
        origins = {canonical_origin(f"{url.scheme}://{name}:{url.port or ''}") for name in names}
        if self.local_port is None:
            return origins
        return origins | {
            canonical_origin(f"{scheme}://{name}:{self.local_port}")
            for scheme in ("http", "https")
            for name in LOOPBACK_NAMES
        }


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
