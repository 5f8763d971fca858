"""The built site: opened from disk, without a network, on a wide screen and on a phone."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

from docs.tests.site.conftest import SITE
from tests.support.axe import find_violations

# The rest of a page is the theme's, and Furo itself violates two rules there.
CONTENT = "article"
WORDS_PER_MINUTE = 200
MAX_MINUTES = 10


def linked_files(page: Path) -> Iterator[Path]:
    """Yield each file of the site to which a page links."""
    for address in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
        link = urlsplit(unescape(address))
        if not link.scheme and not link.netloc and link.path:
            yield (page.parent / unquote(link.path)).resolve()


def test_has_no_broken_link() -> None:
    """Links to copies of the repository's files are checked as well as those between pages."""
    broken = [
        f"{page.relative_to(SITE)}: {file}"
        for page in SITE.rglob("*.html")
        for file in linked_files(page)
        if not file.exists()
    ]

    assert broken == []


def test_needs_no_network(page: Page, address: str) -> None:
    """Every request of a page is for a file of the site."""
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url))

    page.goto(address)

    assert [url for url in foreign if not url.startswith(SITE.as_uri())] == []


def test_is_accessible(page: Page, address: str) -> None:
    """Axe finds no violation in light and dark, wide and narrow, with all answers unfolded."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    broken = find_violations(page, CONTENT)

    assert broken == [], "\n\n".join(broken)


@pytest.mark.parametrize("width", [320, 390])
def test_fits_a_phone(page: Page, address: str, width: int) -> None:
    """No page scrolls sideways at these widths."""
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(address)

    # Furo scrolls this box by itself, so the width of the document alone proves nothing.
    overflow = page.locator(".content").evaluate("box => box.scrollWidth - box.clientWidth")
    assert overflow == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_takes_ten_minutes_to_read(page: Page, address: str) -> None:
    """A page has at most two thousand words, code and answers included."""
    page.goto(address)

    words = page.locator(CONTENT).evaluate("article => article.textContent.split(/\\s+/).length")

    assert words <= WORDS_PER_MINUTE * MAX_MINUTES
