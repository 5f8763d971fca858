"""What the commands share that start servers: one line for an error, and nothing left at Ctrl-C."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from tools.common import ToolError

INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED = 130


def end_with(command: Callable[[], int]) -> NoReturn:
    """Carry a command out, and exit with its code; 2 after a ToolError, 130 when interrupted."""
    listen_to_interrupts()
    try:
        sys.exit(command())
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("Stopped; nothing is left behind.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def listen_to_interrupts() -> None:
    """Let Ctrl-C and `kill` alike raise KeyboardInterrupt, the first of them alone."""
    for number in INTERRUPTS:
        signal.signal(number, _interrupt_once)


def _interrupt_once(_number: int, _frame: FrameType | None) -> None:
    """End the run; to stop servers takes a moment, which a second Ctrl-C must not cut short."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
