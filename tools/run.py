"""`python -m tools.run`: serves the app for a person to try, with a database if none is given.

Ctrl-C or SIGTERM stops the app, then the database, and the exit code is 0. Otherwise the app's
own exit code is passed on.
"""

import signal
import sys

from tools.common import ROOT, ToolError

stop_requests: list[int] = []


def main() -> None:
    """Serve until told to stop; exit with one line when that cannot be done."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _note)
    # Loading it takes half a second, in which a person may press Ctrl-C as well.
    from tools.serve import serve  # noqa: PLC0415

    try:
        sys.exit(serve(stop_requests))
    except ToolError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Cannot use {error.filename or ROOT}: {error.strerror}.")


def _note(number: int, _frame: object) -> None:
    """Take note and go on: nothing may be interrupted halfway, however often a person asks."""
    stop_requests.append(number)


if __name__ == "__main__":
    main()
