"""Polling for what sends no event, and the deadlines of tests.

A deadline ends a hang; it does not measure. So each is far beyond what a test takes, even on a
machine that is five times busier, and a test that passes never waits for one. There are three, from
the inside to the outside:

- an assertion about the page retries for PAGE_MILLISECONDS;
- anything else that a test waits for comes within HANG_SECONDS;
- a whole test may take `timeout`, and after `faulthandler_timeout` pytest prints where each thread
  is (both in pyproject.toml).

The few tests of a time that the service promises add MEASURING_SECONDS.
"""

import time
from collections.abc import Callable
from threading import Event

POLL_SECONDS = 0.02
HANG_SECONDS = 120
# Every test that fails because something is not on the page takes this long.
PAGE_MILLISECONDS = 20_000
# The promises are about waits of a few seconds. Without its own deadline, the service would wait
# for ten seconds or more, so this much does not hide that one is missing.
MEASURING_SECONDS = 4


def wait_until(condition: Callable[[], object], *, seconds: float = HANG_SECONDS) -> float:
    """Poll until the condition is true and return how long it took; fail after the deadline."""
    begin = time.monotonic()
    pause = Event()
    while not condition():
        assert time.monotonic() - begin < seconds, f"not within {seconds} seconds"
        pause.wait(POLL_SECONDS)
    return time.monotonic() - begin
