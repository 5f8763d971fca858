"""`python -m tools.run`: serves the app to try it out, with a database if none is configured.

Ctrl-C or SIGTERM stops the app, then the database, and the exit code is 0. Otherwise it is the
app's own exit code.
"""

import sys

from tests.support.interrupts import raise_on_interrupt
from tools.common import ROOT, ToolError


def main() -> None:
    """Serve until interrupted; exit with one line if the database cannot start."""
    raise_on_interrupt()
    try:
        # Importing it takes half a second, and Ctrl-C may come during that time too.
        from tools.serve import serve  # noqa: PLC0415

        sys.exit(serve())
    except KeyboardInterrupt:
        sys.exit(0)
    except ToolError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Cannot use {error.filename or ROOT}: {error.strerror}.")


if __name__ == "__main__":
    main()
