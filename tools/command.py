"""How a command ends: its exit code, one line for an error, and no server left behind."""

import sys
from collections.abc import Callable
from typing import NoReturn

from tests.support.environment import clean_up
from tests.support.interrupts import raise_on_interrupt
from tools.common import ToolError

INTERRUPTED = 130


def end_with(command: Callable[[], int | None], *inherited: str) -> NoReturn:
    """Run a command and exit with its code.

    It is 2 after a ToolError or when a file cannot be used, and 130 after an interrupt.
    Of the caller's environment it sees what tests.support.environment lists, and the variables
    that are named here.
    """
    raise_on_interrupt()
    clean_up(*inherited)
    try:
        sys.exit(command())
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        if not error.filename:
            raise
        print(f"Cannot use {error.filename}: {error.strerror}.", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("Stopped; nothing is left behind.", file=sys.stderr)
        sys.exit(INTERRUPTED)
