"""Waits for what has no event to wait for, and never longer than it may take."""

import time
from collections.abc import Callable
from threading import Event

PAUSE_SECONDS = 0.02


def wait_until(happened: Callable[[], object], *, seconds: float) -> float:
    """Ask again until it happened and return how long that took; fails after so many seconds."""
    begin = time.monotonic()
    pause = Event()
    while not happened():
        assert time.monotonic() - begin < seconds, f"not within {seconds} seconds"
        pause.wait(PAUSE_SECONDS)
    return time.monotonic() - begin
