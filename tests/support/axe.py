"""Checks a page with axe-core, which finds violations of WCAG."""

from collections.abc import Iterator
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Page

# The first four together are WCAG 2.2 AA; the last is axe's own advice.
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# This rule accepts a name from aria-label but not from hidden text, which is just as good:
# https://github.com/dequelabs/axe-core/issues/4015. The rule `label` requires a name anyway.
DISABLED_RULE = "label-title-only"
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {DISABLED_RULE: {"enabled": False}},
    "resultTypes": ["violations"],
}
# Colours and layout do not depend on each other, so two looks cover each colour scheme and each
# width. 320 pixels is the width of an old phone, and of a page enlarged to 400 %.
LOOKS: dict[str, tuple[Literal["light", "dark"], int]] = {
    "light and wide": ("light", 1280),
    "dark and narrow": ("dark", 320),
}
RUN = "([context, options]) => axe.run(context ?? document, options)"


def find_violations(page: Page, within: str | None = None) -> list[str]:
    """List the violations of the page in each look, with the element that causes each.

    `within` is a CSS selector that limits the check to a part of the page.
    """
    # The browser's debugger injects the script, so the page keeps its strict policy. It is large:
    # injecting it once rather than for each look saves time.
    page.evaluate(Axe().axe_script)
    return [f"{look}: {problem}" for look in _looks(page) for problem in _violations(page, within)]


def _looks(page: Page) -> Iterator[str]:
    for look, (scheme, width) in LOOKS.items():
        # Without motion, because the contrast of a text that still fades in is too low.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 720})
        # The page's own handlers of the new size run before the next frame.
        page.evaluate("new Promise(requestAnimationFrame)")
        yield look


def _violations(page: Page, within: str | None) -> list[str]:
    rules: list[dict[str, Any]] = page.evaluate(RUN, [within, OPTIONS])["violations"]
    return [
        f"{rule['id']}: {rule['help']}\n{node['html']}\n{node['failureSummary']}"
        for rule in rules
        for node in rule["nodes"]
    ]
