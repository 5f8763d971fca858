"""How every browser test starts its browser: a pytest plugin, loaded after pytest_playwright."""

import shlex
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.waiting import PAGE_MILLISECONDS
from tools.browser import find_browser

NewContext = Callable[..., BrowserContext]

CHROMIUM_ARGUMENTS = [
    # Chromium contacts its maker's servers, which only costs time where there is no network.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Otherwise each window also starts a spare process, for a second site that no test visits:
    # without it, a page opens in about 40 ms less.
    "--renderer-process-limit=1",
]
WITHOUT_NETLINK = Path(__file__).with_name("without_netlink.py")


def pytest_configure() -> None:
    """Let every assertion about a page retry for as long."""
    expect.set_options(timeout=PAGE_MILLISECONDS)


@cache
def find_chromium(*, headed: bool) -> Path:
    """Find the Chromium to start, once.

    Raises tools.browser.BrowserError where there is none.
    """
    return find_browser(headed=headed)


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """Leave it to a conftest to name a site; Playwright asks for this fixture in any case."""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
    browser_name: str,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """Start the Chromium that was found; Playwright finds other browsers by itself."""
    # Ctrl-C is for pytest, which closes the browser when it has reported the failure.
    options = {**browser_type_launch_args, "handle_sigint": False}
    if browser_name == "chromium":
        program = find_chromium(headed=pytestconfig.getoption("--headed"))
        if sys.platform == "linux":
            program = _without_netlink(program, tmp_path_factory.mktemp("browser"))
        options |= {"executable_path": program, "args": CHROMIUM_ARGUMENTS}
    return options


def _without_netlink(program: Path, folder: Path) -> Path:
    """Write a program that starts this one such that a new network aborts no request."""
    command = shlex.join([sys.executable, str(WITHOUT_NETLINK), str(program)])
    starter = folder / program.name
    starter.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    starter.chmod(0o700)
    return starter
