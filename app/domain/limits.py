"""How often something may be tried within a window of time."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

MAX_ADDRESS_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `max_attempts` attempts with the same `key` in one window."""

    key: str
    max_attempts: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many attempts with `key` there were since its window began."""

    key: str
    attempts: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class LimitRules:
    """The numbers behind the limits, and the length of the window."""

    window: timedelta
    failures_per_account: int
    failures_per_address: int
    sign_ups_per_address: int

    def sign_in(self, email: str, address: str) -> list[Limit]:
        """Return the limits of one sign-in: this account from here, and all accounts from here."""
        source = network_of(address)
        return [
            Limit(f"sign-in {source} {email}", self.failures_per_account),
            Limit(f"sign-in {source}", self.failures_per_address),
        ]

    def sign_up(self, address: str) -> list[Limit]:
        """Return the limit of one sign-up."""
        return [Limit(f"sign-up {network_of(address)}", self.sign_ups_per_address)]

    def seconds_to_wait(
        self, limits: Iterable[Limit], counts: Iterable[Count], now: datetime
    ) -> int:
        """Return the whole seconds until every limit allows the attempt; 0 when all do.

        It is never longer than the window, even if a clock that ran ahead began one in the future.
        """
        max_attempts = {limit.key: limit.max_attempts for limit in limits}
        exceeded = [count for count in counts if count.attempts > max_attempts[count.key]]
        ends = [min(count.started_at, now) + self.window for count in exceeded]
        return max((math.ceil((end - now).total_seconds()) for end in ends), default=0)


def network_of(address: str) -> str:
    """Return the network that one client controls: an IPv4 address, or an IPv6 /64 network."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address[:MAX_ADDRESS_LENGTH]
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip
    prefix = 64 if isinstance(ip, IPv6Address) else 32
    return str(ip_network((ip, prefix), strict=False))
