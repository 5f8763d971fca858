"""How often something may be tried."""

from datetime import timedelta

import pytest

from app.domain.limits import Count, Limit, LimitRules, network_of
from tests.support.factories import NOW

WINDOW = timedelta(minutes=15)
RULES = LimitRules(
    WINDOW, failures_per_account=10, failures_per_address=100, sign_ups_per_address=50
)
LIMIT = Limit("a key", max_attempts=10)


def test_a_sign_in_counts_for_the_account_and_for_the_address() -> None:
    """A sign-in is limited by e-mail and address together, and by address alone."""
    limits = RULES.sign_in("ada@example.org", "192.0.2.1")

    assert [limit.max_attempts for limit in limits] == [10, 100]


def test_sign_ins_of_one_account_from_two_addresses_are_counted_apart() -> None:
    """Somebody elsewhere cannot lock a person out of the account."""
    here, _ = RULES.sign_in("ada@example.org", "192.0.2.1")
    elsewhere, _ = RULES.sign_in("ada@example.org", "192.0.2.2")

    assert here.key != elsewhere.key


def test_sign_ups_are_counted_apart_from_sign_ins() -> None:
    """A sign-up takes nothing from what is left of the sign-ins."""
    [sign_up] = RULES.sign_up("192.0.2.1")

    assert sign_up.key not in [limit.key for limit in RULES.sign_in("a@b.co", "192.0.2.1")]


def test_the_last_attempt_within_the_limit_is_allowed() -> None:
    """As many attempts as the limit says are free."""
    counts = [Count("a key", 10, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW) == 0


def test_one_attempt_too_many_waits_for_the_end_of_the_window() -> None:
    """Beyond the limit the wait lasts until the window that began first is over."""
    counts = [Count("a key", 11, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW + timedelta(minutes=5)) == 600


def test_part_of_a_second_is_waited_for_whole() -> None:
    """The wait is rounded up, so that who obeys it is not refused again."""
    counts = [Count("a key", 11, NOW)]

    assert RULES.seconds_to_wait([LIMIT], counts, NOW + timedelta(milliseconds=1)) == 900


def test_the_longest_wait_of_all_limits_counts() -> None:
    """With two limits exceeded, the one that ends last decides."""
    limits = [LIMIT, Limit("another", max_attempts=1)]
    counts = [Count("a key", 11, NOW), Count("another", 2, NOW + timedelta(minutes=1))]

    assert RULES.seconds_to_wait(limits, counts, NOW) == 960


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", id="one IPv6 network"),
        pytest.param("192.0.2.1", "::ffff:192.0.2.1", id="IPv4 written as IPv6"),
    ],
)
def test_addresses_of_one_sender_are_one_source(address: str, other: str) -> None:
    """Addresses that one sender can change between at will count together."""
    assert network_of(other) == network_of(address)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("2001:db8:0:1::1", "2001:db8:0:2::1", id="two IPv6 networks"),
        pytest.param("192.0.2.1", "192.0.2.2", id="two IPv4 addresses"),
    ],
)
def test_addresses_of_two_senders_are_two_sources(address: str, other: str) -> None:
    """Neighbours do not pay for each other."""
    assert network_of(address) != network_of(other)


def test_what_is_no_address_is_its_own_source_cut_short() -> None:
    """A proxy's nonsense is counted as it is, but cannot fill the database."""
    assert network_of("x" * 1000) == "x" * 64
