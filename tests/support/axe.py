"""What axe-core, which judges pages by WCAG, finds on a page as different people see it."""

from collections.abc import Iterator
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Page

# WCAG 2.2 AA is the sum of these; the last is axe's own advice.
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# It takes a name from aria-label, and refuses the same name from hidden text, which counts as much:
# https://github.com/dequelabs/axe-core/issues/4015. That each field has a name is WCAG's `label`.
LEFT_OUT = "label-title-only"
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {LEFT_OUT: {"enabled": False}},
    "resultTypes": ["violations"],
}
# 320 pixels: an old phone, or the whole page enlarged four times.
LOOKS: dict[str, tuple[Literal["light", "dark"], int]] = {
    "light": ("light", 1280),
    "dark": ("dark", 1280),
    "narrow": ("dark", 320),
}


def breaches(page: Page, within: str | None = None) -> list[str]:
    """Return which rules the page breaks in which look: each with the part that breaks it.

    `within` is a CSS selector, for a part of the page that is judged alone.
    """
    return [f"{look}: {breach}" for look in _looks(page) for breach in _breaches(page, within)]


def _looks(page: Page) -> Iterator[str]:
    for look, (scheme, width) in LOOKS.items():
        # Without motion, since a colour that is still fading has no contrast yet.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 720})
        yield look


def _breaches(page: Page, within: str | None) -> list[str]:
    # The script gets in by the browser's debugger, so the page keeps its strict policy.
    found = Axe().run(page, context=within, options=OPTIONS)
    rules: list[dict[str, Any]] = found.response["violations"]
    return [
        f"{rule['id']}: {rule['help']}\n{node['html']}\n{node['failureSummary']}"
        for rule in rules
        for node in rule["nodes"]
    ]
