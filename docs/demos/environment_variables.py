"""The same program started three times: its environment decides what it does."""

import os
import subprocess
import sys
from textwrap import shorten

from tools.common import ROOT

SECRET = "a secret that only the server knows"  # noqa: S105 -- used in this demo only
# Nothing listens on port 1.
UNREACHABLE = "postgresql://ada:hunter2@127.0.0.1:1/todos"


def main() -> None:
    """Start the service without settings, with wrong ones, and without a database."""
    start()
    start(DATABASE_URL="mysql://ada:hunter2@db", SECRET_KEY=SECRET[:9], PORT="http")
    start(DATABASE_URL=UNREACHABLE, SECRET_KEY=SECRET)
    print("In this process there is still no SECRET_KEY:", "SECRET_KEY" not in os.environ)


def start(**variables: str) -> None:
    """Start the service with only these variables, and print its messages and exit code."""
    print("Started with", ", ".join(variables) or "no settings")
    completed = subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    for line in completed.stderr.splitlines():
        print("   ", shorten(line.partition(" (")[0], 70, placeholder=" …"))
    print("    exit code", completed.returncode)
