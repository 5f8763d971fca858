"""A browser without a network, and the pages of the built site."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from docs.check_output import DOCS
from tests.support.browser import QUIET
from tools.browser import find_browser
from tools.common import BUILD

pytest_plugins = ["pytest_playwright.pytest_playwright"]

SITE = BUILD / "docs" / "html"
# Those that Sphinx would not build either.
PAGES = sorted(page.relative_to(DOCS).with_suffix("") for page in DOCS.rglob("*.md"))


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return the address of the site, on disk."""
    return SITE.as_uri()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that `make docs-check` has seen to."""
    return {
        **browser_type_launch_args,
        "executable_path": find_browser(headed=False),
        "args": QUIET,
    }


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Return what opens pages from disk and reaches nothing else."""
    context.set_offline(True)
    return context


@pytest.fixture(params=PAGES, ids=str)
def address(request: pytest.FixtureRequest) -> str:
    """Return the address of one page after another."""
    return (SITE / f"{request.param}.html").as_uri()
