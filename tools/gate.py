"""`python -m tools.gate`: says whether every check has passed that a merge waits for.

Reads in NEEDS what GitHub says of the jobs before, `toJSON(needs)`. A job that was skipped or
cancelled proved nothing, so it counts as one that failed. Exit code 1: not all have passed.
"""

import json
import os
import sys


def main() -> None:
    """Print each job's result; exit with 1 when there is another than success, or none at all."""
    results = {name: job["result"] for name, job in json.loads(os.environ["NEEDS"]).items()}
    print(*(f"{name}: {result}" for name, result in results.items()), sep="\n")
    sys.exit(not may_merge(results))


def may_merge(results: dict[str, str]) -> bool:
    """Say whether there are jobs and each of them, by name, ended with `success`."""
    return set(results.values()) == {"success"}


if __name__ == "__main__":
    main()
