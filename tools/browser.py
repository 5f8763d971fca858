"""`python -m tools.browser`: finds or downloads a Chromium for the browser tests.

`--headed` asks for a browser with a window, which a headless shell does not have.
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.support.environment import NETWORK
from tools import debian
from tools.command import end_with
from tools.common import ToolError

HEADLESS_SHELL = "chromium-headless-shell"
# The first is the fastest to start.
PROGRAMS = (
    HEADLESS_SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Within the folder that Playwright downloads to, on each operating system.
DOWNLOADED_PROGRAMS = (
    "*/chrome-headless-shell",
    "*/headless_shell",
    "*/chrome",
    "*/*.app/*/MacOS/*",
)
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install")
DOWNLOAD_SECONDS = 300
SCREENS = {"DISPLAY", "WAYLAND_DISPLAY"}


class BrowserError(ToolError):
    """There is no browser for the tests; the message says what to type."""


def main() -> None:
    """Find a browser or fetch one."""
    headed = "--headed" in sys.argv[1:]
    if headed and sys.platform != "darwin" and not SCREENS & os.environ.keys():
        raise BrowserError(f"HEADED=1 needs a screen: set {' or '.join(sorted(SCREENS))}.")
    try:
        find_browser(headed=headed)
    except BrowserError:
        _fetch(headed=headed)


def find_browser(*, headed: bool) -> Path:
    """Return the Chromium to start: Playwright's own, if it was downloaded, or the system's.

    Raises BrowserError if there is none. Installs nothing.
    """
    downloaded = _downloaded_program(headed=headed)
    if downloaded and _works(downloaded):
        return downloaded
    for program in map(shutil.which, PROGRAMS[headed:]):
        if program and _works(Path(program)):
            return Path(program)
    raise BrowserError(
        "No browser for the tests. Type: .venv/bin/playwright install chromium"
        f" (or, on Debian: sudo apt-get install {_package(headed=headed)})"
    )


def _fetch(*, headed: bool) -> None:
    print("Downloading Chromium, about 100 MB; this stops after five minutes.", flush=True)
    command = [*PLAYWRIGHT, _kind(headed=headed), "chromium"]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, capture_output=True, timeout=DOWNLOAD_SECONDS, check=False)
    if not _works(_downloaded_program(headed=headed)):
        debian.install(_package(headed=headed), "the browser tests need it")
        find_browser(headed=headed)


def _package(*, headed: bool) -> str:
    return "chromium" if headed else HEADLESS_SHELL


def _kind(*, headed: bool) -> str:
    return "--no-shell" if headed else "--only-shell"


def _downloaded_program(*, headed: bool) -> Path | None:
    """Return what Playwright downloaded, if anything; only Playwright knows the folder."""
    command = [*PLAYWRIGHT, "--dry-run", _kind(headed=headed), "chromium"]
    plan = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"Install location: *(.+)", plan)
    if not found:
        return None
    folder = Path(found[1])
    return next((path for pattern in DOWNLOADED_PROGRAMS for path in folder.glob(pattern)), None)


def _works(program: Path | None) -> bool:
    """Start it: libraries may be missing, and it may be a stub or for another processor."""
    if not program:
        return False
    with suppress(OSError, subprocess.TimeoutExpired):
        command = [str(program), "--version"]
        return not subprocess.run(command, capture_output=True, timeout=60, check=False).returncode
    return False


if __name__ == "__main__":
    end_with(main, *NETWORK)
