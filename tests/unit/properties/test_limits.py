"""What holds for all attempts, however many there are and in whatever order they come."""

from datetime import datetime, timedelta
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.domain.limits import MAX_ADDRESS_LENGTH, Count, Limit, network_of
from tests.support.factories import NOW
from tests.support.fakes import FakeAttemptStore
from tests.support.unit_factories import ADA, RULES, SAME_ORIGIN, WINDOW, make_credentials

MOST = RULES.failures_per_account
ONE_SECOND = timedelta(seconds=1)

counts = st.builds(
    Count,
    key=st.sampled_from(["ada", "bob", "eve"]),
    attempts=st.integers(0, 2 * MOST),
    started_at=st.timedeltas(timedelta(0), WINDOW).map(NOW.__sub__),
)
texts = st.builds(str.__mul__, st.text("1:.%x", max_size=4), st.integers(1, 99))
addresses = texts | st.ip_addresses().map(str) | texts.map("fe80::1%{}".format)


def expected(right: bool, before: list[bool]) -> int:
    """Return the answer to a sign-in, by what was tried before."""
    if before.count(False) >= MOST:
        return 429
    return 201 if right else 401


@pytest.mark.usefixtures("frozen_clock")
@given(rights=st.lists(st.booleans(), max_size=12))
def test_failures_alone_use_up_the_limit(
    rights: list[bool],
    client: FlaskClient,
    attempts: FakeAttemptStore,
    users: Mock,
    passwords: Mock,
) -> None:
    """Whatever the order, so many wrong passwords are looked at, and until then every right one.

    Fixtures are set up once for all examples, so each example clears the counts itself.
    """
    attempts.counts.clear()
    users.find.return_value = make_credentials()
    answered = []

    for right in rights:
        passwords.verify.return_value = right
        response = client.post("/api/sessions", json=ADA, headers=SAME_ORIGIN)
        answered.append(response.status_code)

    assert answered == [expected(right, rights[:turn]) for turn, right in enumerate(rights)]


def is_locked(counts: list[Count], at: datetime) -> bool:
    """Say whether a limit that was exceeded has its window still open."""
    return any(c.attempts > MOST and c.started_at + WINDOW > at for c in counts)


@given(counts=st.lists(counts, unique_by=lambda count: count.key))
def test_the_wait_is_neither_too_short_nor_too_long(counts: list[Count]) -> None:
    """Whoever waits as long as told may try again, and a second less would not have done."""
    limits = [Limit(count.key, MOST) for count in counts]

    seconds = RULES.seconds_to_wait(limits, counts, NOW)

    end = NOW + seconds * ONE_SECOND
    assert not is_locked(counts, end)
    assert (seconds > 0) == is_locked(counts, end - ONE_SECOND)


@given(address=addresses)
def test_no_address_fills_the_database(address: str) -> None:
    """Whatever a proxy says, its source is short."""
    assert len(network_of(address)) <= MAX_ADDRESS_LENGTH
