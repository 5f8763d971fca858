"""A browser without a network, and the pages of the built site."""

import pytest
from playwright.sync_api import BrowserContext

from docs.check_output import DOCS
from tests.support.paths import own_files
from tools.common import BUILD

SITE = BUILD / "docs" / "html"
# The pages that Sphinx builds.
PAGES = [page.relative_to(DOCS).with_suffix("") for page in own_files(DOCS, "**/*.md")]


@pytest.fixture(scope="session")
def base_url() -> str:
    """Open the site from disk."""
    return SITE.as_uri()


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Open a window that has no network."""
    context.set_offline(True)
    return context


@pytest.fixture(params=PAGES, ids=str)
def address(request: pytest.FixtureRequest) -> str:
    """Run the test for each page of the site."""
    return (SITE / f"{request.param}.html").as_uri()
