"""The browser that opens the lab's report."""

from typing import Any

import pytest

from tests.support.browser import QUIET
from tools.browser import find_browser

pytest_plugins = ["pytest_playwright.pytest_playwright"]


@pytest.fixture(scope="session")
def base_url() -> None:
    """Pages have full addresses; Playwright's plugin requires this fixture all the same."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that `make test-workshop` has found, without background traffic."""
    return {
        **browser_type_launch_args,
        "executable_path": find_browser(headed=False),
        "args": QUIET,
    }
