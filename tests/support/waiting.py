"""Polling for what sends no event, and the deadlines of tests.

No deadline here measures speed. Each ends a hang, so it is far beyond what a slow machine needs.
"""

import time
from collections.abc import Callable
from threading import Event

POLL_SECONDS = 0.02
# A test that waits this long hangs: nothing that it waits for takes more than a few seconds.
HANG_SECONDS = 30
# Where a test measures a time that the service promises, a busy machine may add this much.
MEASURING_SECONDS = 2


def wait_until(condition: Callable[[], object], *, seconds: float = HANG_SECONDS) -> float:
    """Poll until the condition is true and return how long it took; fail after the deadline."""
    begin = time.monotonic()
    pause = Event()
    while not condition():
        assert time.monotonic() - begin < seconds, f"not within {seconds} seconds"
        pause.wait(POLL_SECONDS)
    return time.monotonic() - begin
