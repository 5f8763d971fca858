"""Ctrl-C and `kill` end a command that has started servers, and the servers end with it."""

import signal
from types import FrameType

INTERRUPTS = (signal.SIGINT, signal.SIGTERM)


def raise_on_interrupt() -> None:
    """Let the first SIGINT or SIGTERM raise KeyboardInterrupt, and ignore any that follow."""
    for number in INTERRUPTS:
        signal.signal(number, _interrupt_once)


def _interrupt_once(_number: int, _frame: FrameType | None) -> None:
    """Raise, and from now on let nothing cut short the stopping of servers."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
