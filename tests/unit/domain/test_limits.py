"""Rate limits: what counts together, and how long to wait."""

from datetime import timedelta

import pytest

from app.domain.limits import Count, Limit, LimitRules, network_of
from tests.support.factories import NOW

WINDOW = timedelta(minutes=15)
RULES = LimitRules(
    WINDOW, failures_per_account=10, failures_per_address=100, sign_ups_per_address=50
)
LIMIT = Limit("a key", max_attempts=10)


def test_a_sign_in_has_a_limit_for_the_account_and_one_for_the_address() -> None:
    """The first stops guesses at one account, the second stops one password for many accounts."""
    limits = RULES.sign_in("ada@example.org", "192.0.2.1")

    assert [limit.max_attempts for limit in limits] == [10, 100]


def test_an_account_is_counted_apart_for_each_address() -> None:
    """Otherwise an attacker could lock people out of their own accounts."""
    here, _ = RULES.sign_in("ada@example.org", "192.0.2.1")
    elsewhere, _ = RULES.sign_in("ada@example.org", "192.0.2.2")

    assert here.key != elsewhere.key


def test_sign_ups_are_counted_apart_from_sign_ins() -> None:
    """New accounts do not use up the attempts to sign in from the same address."""
    [sign_up] = RULES.sign_up("192.0.2.1")

    assert sign_up.key not in [limit.key for limit in RULES.sign_in("a@b.co", "192.0.2.1")]


def test_allows_the_last_attempt_within_the_limit() -> None:
    """The limit is the number of attempts that are allowed, not the first that is rejected."""
    counts = [Count("a key", 10, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW) == 0


def test_an_attempt_beyond_the_limit_waits_for_the_end_of_the_window() -> None:
    """Five minutes into a window of 15, ten are left; further attempts do not extend it."""
    counts = [Count("a key", 11, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW + timedelta(minutes=5)) == 600


def test_the_wait_is_rounded_up_to_whole_seconds() -> None:
    """Retry-After has whole seconds, and a client that waits that long must not be too early."""
    counts = [Count("a key", 11, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW + timedelta(milliseconds=1)) == 900


def test_waits_for_the_last_of_several_limits() -> None:
    """An attempt is allowed only when every limit allows it."""
    limits = [LIMIT, Limit("another", max_attempts=1)]
    counts = [Count("a key", 11, NOW - timedelta(minutes=1)), Count("another", 2, NOW)]

    assert RULES.seconds_to_wait(limits, counts, NOW) == 900


def test_never_waits_longer_than_a_window() -> None:
    """A window that began by a clock that was a day ahead locks nobody out for a day."""
    counts = [Count("a key", 11, NOW + timedelta(days=1))]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW) == 900


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", id="one IPv6 network"),
        pytest.param("192.0.2.1", "::ffff:192.0.2.1", id="IPv4 written as IPv6"),
    ],
)
def test_addresses_of_one_network_count_together(address: str, other: str) -> None:
    """An IPv6 customer owns a whole /64 network, and could use a new address for every attempt."""
    assert network_of(other) == network_of(address)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("2001:db8:0:1::1", "2001:db8:0:2::1", id="two IPv6 networks"),
        pytest.param("192.0.2.1", "192.0.2.2", id="two IPv4 addresses"),
    ],
)
def test_addresses_of_two_networks_are_counted_apart(address: str, other: str) -> None:
    """The attempts of one customer do not use up the limit of the next."""
    assert network_of(address) != network_of(other)


def test_truncates_what_is_not_an_address() -> None:
    """Whatever a proxy sends is counted under its own key, but cannot fill the database."""
    assert network_of("x" * 1000) == "x" * 64
