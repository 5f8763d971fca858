"""`python -m tools.gate`: succeeds if every job that a merge waits for has succeeded.

Reads the results of those jobs from NEEDS, as `toJSON(needs)` writes them. A job that was skipped
or cancelled counts as a failure, because it proved nothing. Exit code 1: not all have succeeded.
"""

import json
import os
import sys


def main() -> None:
    """Print each job's result; exit with 1 unless all are `success`."""
    results = {name: job["result"] for name, job in json.loads(os.environ["NEEDS"]).items()}
    print(*(f"{name}: {result}" for name, result in results.items()), sep="\n")
    sys.exit(not may_merge(results))


def may_merge(results: dict[str, str]) -> bool:
    """Return whether there is at least one job and all of them succeeded."""
    return set(results.values()) == {"success"}


if __name__ == "__main__":
    main()
