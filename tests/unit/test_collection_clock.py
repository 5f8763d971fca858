"""No test can depend on the moment at which it was collected."""

import email.utils
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.support.collection_clock import ClockReadError, forbidden_clock
from tests.support.factories import make_tokens


def error_of(read: Callable[[], object]) -> str:
    """Return the error with which reading the clock is refused."""
    try:
        read()
    except ClockReadError as error:
        return str(error)
    return "the clock was read"


# Read while pytest imports this module.
ERRORS = [error_of(time.time)]
READS = {
    "date.today": date.today,
    "datetime.now": lambda: datetime.now(UTC),
    "a library": email.utils.formatdate,
    "localtime": time.localtime,
    "our own tokens": lambda: make_tokens().issue(1),
    "time": time.time,
    "time_ns": time.time_ns,
}


def test_refuses_to_read_the_clock_while_tests_are_collected() -> None:
    """The error names the line, so that its author moves it into the test."""
    [error] = ERRORS

    place, _, explanation = error.partition(" ")
    assert place.partition(":")[0] == "tests/unit/test_collection_clock.py"
    assert explanation == "reads the clock while the tests are collected; do so in the test"


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_refuses_each_way_to_read_the_clock(read: Callable[[], object]) -> None:
    """Whatever a value is made with, and however deep: the time would be that of collection."""
    with forbidden_clock():
        error = error_of(read)

    assert "reads the clock while the tests are collected" in error


def test_the_clock_can_be_read_in_a_test() -> None:
    """After the collection, the clock is the system's own again."""
    assert error_of(time.time) == "the clock was read"
