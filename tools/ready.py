"""`python -m tools.ready`: proves before a lesson that this machine can run all three layers.

Prints one line for each check. Exit code 1: a check failed; its output follows its line.
"""

import re
import subprocess
import sys
import time

from tools.browser import find_browser
from tools.command import end_with
from tools.common import ROOT

# One quick file of each layer.
FILES = {
    "unit": "tests/unit/domain/test_todos.py",
    "integration": "tests/integration/api/test_health.py",
    "e2e": "tests/e2e/test_filters.py",
}


def check_machine() -> int:
    """Print what this machine has, and return 1 if the tests of a layer do not pass."""
    print(f"Python {sys.version.split()[0]}: {sys.executable}")
    print(
        f"browser: {find_browser(headed=False) or 'Chromium, downloaded by Playwright'}", flush=True
    )
    return max(_check_layer(layer, file) for layer, file in FILES.items())


def _check_layer(layer: str, file: str) -> int:
    begin = time.monotonic()
    command = [sys.executable, "-m", "pytest", file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if server := re.search("^database: .*", done.stdout, re.MULTILINE):
        print(server[0])
    result = "failed" if done.returncode else "ready"
    print(f"{layer} tests: {result} ({time.monotonic() - begin:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return int(done.returncode != 0)


if __name__ == "__main__":
    end_with(check_machine)
