"""How a command ends: its exit code, one line for an error, and no server left behind."""

import sys
from collections.abc import Callable
from typing import NoReturn

from tests.support.interrupts import raise_on_interrupt
from tools.common import ToolError

INTERRUPTED = 130


def end_with(command: Callable[[], int | None]) -> NoReturn:
    """Run a command and exit with its code: 2 after a ToolError, 130 after an interrupt."""
    raise_on_interrupt()
    try:
        sys.exit(command())
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("Stopped; nothing is left behind.", file=sys.stderr)
        sys.exit(INTERRUPTED)
