"""How every browser test starts its browser: a pytest plugin, loaded after pytest_playwright."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.waiting import PAGE_MILLISECONDS, wait_until
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
# Linux's list of IPv6 addresses: the fifth column holds the flags, and one of them marks a new
# address that is still being checked for duplicates (linux/if_addr.h).
IPV6_ADDRESSES = Path("/proc/net/if_inet6")
TENTATIVE = 0x40


def pytest_configure() -> None:
    """Let every assertion about a page retry for as long."""
    expect.set_options(timeout=PAGE_MILLISECONDS)


@cache
def find_chromium(*, headed: bool) -> Path | None:
    """Find the Chromium to start, once; None means the one that Playwright downloaded.

    Raises tools.browser.BrowserError where there is none.
    """
    return find_browser(headed=headed)


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """Leave it to a conftest to name a site; Playwright asks for this fixture in any case."""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """Start the Chromium that was found; Playwright finds other browsers by itself."""
    wait_for_stable_network()
    # Ctrl-C is for pytest, which closes the browser when it has reported the failure.
    options = {**browser_type_launch_args, "handle_sigint": False}
    if browser_name == "chromium":
        program = find_chromium(headed=pytestconfig.getoption("--headed"))
        options |= {"executable_path": program, "args": CHROMIUM_ARGUMENTS}
    return options


def wait_for_stable_network() -> None:
    """Wait until every IPv6 address is settled, such as that of a container started just now.

    Chromium aborts its requests when an address is added (ERR_NETWORK_CHANGED).
    """
    if IPV6_ADDRESSES.exists():
        wait_until(_every_address_is_settled)


def _every_address_is_settled() -> bool:
    flags = [int(line.split()[4], 16) for line in IPV6_ADDRESSES.read_text().splitlines()]
    return not any(flag & TENTATIVE for flag in flags)
