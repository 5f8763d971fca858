"""What holds for all attempts, however many there are and in whatever order they come."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pytest_mock import MockerFixture

from app.adapters.users import UserRepository
from app.domain.limits import Count, Limit, network_of
from tests.support.factories import ADA, NOW, RULES, SAME_ORIGIN, WINDOW, make_credentials
from tests.support.fakes import FakeAttemptStore

MAX_FAILURES = 2
ONE_SECOND = timedelta(seconds=1)

counts = st.builds(
    Count,
    key=st.sampled_from(["ada", "bob", "eve"]),
    attempts=st.integers(0, 2 * MAX_FAILURES),
    started_at=st.timedeltas(timedelta(0), WINDOW).map(NOW.__sub__),
)
texts = st.builds(str.__mul__, st.text("1:.%x", max_size=4), st.integers(1, 99))
addresses = texts | st.ip_addresses().map(str) | texts.map("fe80::1%{}".format)


@pytest.fixture
def known_account(mocker: MockerFixture) -> None:
    """Replace the method once: hypothesis runs a fixture once for all examples of a test."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())


def expected_status(right: bool, before: list[bool]) -> int:
    """Return the status of a sign-in that follows these right and wrong passwords."""
    if before.count(False) >= MAX_FAILURES:
        return 429
    return 201 if right else 401


@pytest.mark.usefixtures("frozen_clock", "known_account")
@given(rights=st.lists(st.booleans(), max_size=12))
def test_only_failures_use_up_the_limit(
    rights: list[bool], client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """In any order, right passwords succeed until two wrong ones have been tried."""
    attempts.counts.clear()
    statuses = []

    for right in rights:
        body = ADA if right else ADA | {"password": "wrong"}
        response = client.post("/api/sessions", json=body, headers=SAME_ORIGIN)
        statuses.append(response.status_code)

    assert statuses == [expected_status(right, rights[:turn]) for turn, right in enumerate(rights)]


def is_locked(counts: list[Count], at: datetime) -> bool:
    """Return whether a limit is exceeded whose window is still open."""
    return any(c.attempts > MAX_FAILURES and c.started_at + WINDOW > at for c in counts)


@given(counts=st.lists(counts, unique_by=lambda count: count.key))
def test_the_wait_is_neither_too_short_nor_too_long(counts: list[Count]) -> None:
    """After the wait the attempt is allowed; one second earlier it would not have been."""
    limits = [Limit(count.key, MAX_FAILURES) for count in counts]

    seconds = RULES.seconds_to_wait(limits, counts, NOW)

    end = NOW + seconds * ONE_SECOND
    assert not is_locked(counts, end)
    assert (seconds > 0) == is_locked(counts, end - ONE_SECOND)


@given(address=addresses)
def test_no_address_fills_the_database(address: str) -> None:
    """A proxy may send text of any length, but its key has at most 64 characters."""
    assert len(network_of(address)) <= 64
