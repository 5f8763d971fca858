"""The built site: opened from disk, without a network, on a wide screen and on a phone."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from docs.tests.site.conftest import SITE
from tests.support.axe import find_violations

CONTENT = "article"
# Rules that Furo itself violates: captions in its sidebar have the role of headings but no level,
# and its two side columns have no names to tell them apart.
THEME_VIOLATIONS = {"aria-required-attr", "landmark-unique"}
WORDS_PER_MINUTE = 200
MAX_MINUTES = 10


class Links(HTMLParser):
    """Collects the targets of a page's links and the addresses of what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Collect the `href` and `src` of an element."""
        self.found += [value for name, value in attributes if name in {"href", "src"} and value]


def linked_files(page: Path) -> Iterator[Path]:
    """Yield each file of the site to which a page links."""
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    for link in map(urlsplit, links.found):
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


def test_knows_the_violations_of_the_theme(page: Page) -> None:
    """Outside the article, which is the theme's, axe finds the listed violations and no others."""
    page.goto((SITE / "index.html").as_uri())

    rules = {breach.split(": ")[1] for breach in find_violations(page)}

    assert rules == THEME_VIOLATIONS


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


def test_searches_without_a_server(page: Page) -> None:
    """The search finds a page although the site is opened from disk."""
    page.goto((SITE / "index.html").as_uri())

    page.get_by_role("textbox", name="Search").fill("signature")
    page.keyboard.press("Enter")

    expect(page.locator(".search").get_by_role("link").first).to_contain_text("signature")
