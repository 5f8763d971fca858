"""PostgreSQL's own programs, as an operator runs them."""

import subprocess
from pathlib import Path

from tests.support.waiting import HANG_SECONDS
from tools.embedded_postgres import program

# None of the developer's PG… variables, which would change what a program does.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def run(name: str, *arguments: str | Path, **variables: str) -> None:
    """Run one of PostgreSQL's programs; fails with what it says if it does."""
    ended = subprocess.run(  # noqa: S603 -- PostgreSQL's own program
        [program(name), *arguments],
        env=ENVIRONMENT | variables,
        capture_output=True,
        text=True,
        timeout=HANG_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
