"""The site as a reader has it: opened from disk, without a network, on a wide screen or a phone."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from docs.tests.site.conftest import SITE
from tests.support.axe import breaches

CONTENT = "article"
# What axe finds in Furo's frame: captions in its sidebar have the role of headings and no level,
# and its two side columns have no names to tell them apart.
THEME = {"aria-required-attr", "landmark-unique"}
WORDS_A_MINUTE = 200
LONGEST_MINUTES = 10


class Links(HTMLParser):
    """Collects where a page leads to."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep what an element leads to or loads."""
        self.found += [value for name, value in attributes if name in {"href", "src"} and value]


def files_named_by(page: Path) -> Iterator[Path]:
    """Yield each file of the site that a page leads to."""
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    for link in map(urlsplit, links.found):
        if not link.scheme and not link.netloc and link.path:
            yield (page.parent / unquote(link.path)).resolve()


def test_leads_to_nothing_that_is_not_there() -> None:
    """Each link within the site has a file, those to copies of the repository's files too."""
    broken = [
        f"{page.relative_to(SITE)}: {file}"
        for page in SITE.rglob("*.html")
        for file in files_named_by(page)
        if not file.exists()
    ]

    assert broken == []


def test_needs_no_network(page: Page, address: str) -> None:
    """A page asks for nothing but files of the site."""
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url))

    page.goto(address)

    assert [url for url in foreign if not url.startswith(SITE.as_uri())] == []


def test_breaks_no_rule(page: Page, address: str) -> None:
    """Axe finds nothing in what we wrote, in light and dark, wide and narrow, answers unfolded."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    broken = breaches(page, CONTENT)

    assert broken == [], "\n\n".join(broken)


def test_the_theme_breaks_the_rules_that_are_known(page: Page) -> None:
    """Around our words stands the theme's frame: axe finds there what is listed, and no more."""
    page.goto((SITE / "index.html").as_uri())

    rules = {breach.split(": ")[1] for breach in breaches(page)}

    assert rules == THEME


@pytest.mark.parametrize("width", [320, 390])
def test_fits_a_phone(page: Page, address: str, width: int) -> None:
    """No page has to be moved sideways."""
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(address)

    # Furo lets this box scroll by itself, so the page would stay as narrow as the phone.
    beyond = page.locator(".content").evaluate("box => box.scrollWidth - box.clientWidth")
    assert beyond == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_is_read_in_ten_minutes(page: Page, address: str) -> None:
    """Nobody needs longer for a page: at most two thousand words, code and answers with them."""
    page.goto(address)

    words = page.locator(CONTENT).evaluate("article => article.textContent.split(/\\s+/).length")

    assert words <= WORDS_A_MINUTE * LONGEST_MINUTES


def test_finds_a_word(page: Page) -> None:
    """The search works from disk."""
    page.goto((SITE / "index.html").as_uri())

    page.get_by_role("textbox", name="Search").fill("signature")
    page.keyboard.press("Enter")

    expect(page.locator(".search").get_by_role("link").first).to_contain_text("signature")
