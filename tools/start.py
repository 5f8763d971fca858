"""`python -m tools.start NAME`: starts the set-up, unless this Python is too old for it.

Any Python can read this file, and so an old one gets a message instead of a syntax error.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "Python 3.11 or later is required; %s is Python %s."  # noqa: UP031 -- older than others
        " If there is another one, type: make PYTHON=/path/to/python"
        % (sys.executable, sys.version.split()[0])
    )

from tools.setup import main  # noqa: E402 -- an old Python cannot read it

main()
