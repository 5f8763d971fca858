"""The same program, started three times: what it does is decided by its environment."""

import os
import subprocess
import sys
from textwrap import shorten

from tools.common import ROOT

SECRET = "known to the server, and to nobody else"  # noqa: S105 -- of this show alone
# Nobody answers at port 1.
NOWHERE = "postgresql://ada:hunter2@127.0.0.1:1/todos"


def main() -> None:
    """Start the service without settings, with wrong ones, and without a database."""
    start()
    start(DATABASE_URL="mysql://ada:hunter2@db", SECRET_KEY=SECRET[:9], PORT="http")
    start(DATABASE_URL=NOWHERE, SECRET_KEY=SECRET)
    print("In this process there is still no SECRET_KEY:", "SECRET_KEY" not in os.environ)


def start(**variables: str) -> None:
    """Start the service with these variables and no others of its own, and print what it says."""
    print("Started with", ", ".join(variables) or "no variable of its own")
    ended = subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    for line in ended.stderr.splitlines():
        print("   ", shorten(line.partition(" (")[0], 70, placeholder=" …"))
    print("    exit code", ended.returncode)


if __name__ == "__main__":
    main()
