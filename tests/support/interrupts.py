"""Ctrl-C, `kill` and a closed terminal end a command together with the servers it started."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def raise_on_interrupt() -> None:
    """Make the first of these signals raise KeyboardInterrupt, and ignore any that follow."""
    for number in INTERRUPTS:
        # `nohup` lets a command go on after its terminal is closed.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt_once)


@contextmanager
def hangup_by_default() -> Iterator[None]:
    """Let SIGHUP end what is started in the block, even if `nohup` started us: it is inherited."""
    before = signal.getsignal(signal.SIGHUP)
    if before == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def _interrupt_once(_number: int, _frame: FrameType | None) -> None:
    """Raise once: a second Ctrl-C must not cut the cleanup short."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
