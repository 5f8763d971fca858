"""Records which functions of the page's JavaScript the tests reach.

Playwright for Python does not offer it, but Chromium's own protocol does:
https://chromedevtools.github.io/devtools-protocol/tot/Profiler/
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page

Function = tuple[str, str, int]


class JavaScriptCoverage:
    """Every function that the browser met on any page, and whether it was called."""

    def __init__(self) -> None:
        """Begin with no page."""
        self._sessions: list[tuple[Page, CDPSession]] = []
        self._called: dict[Function, bool] = {}

    def follow(self, context: BrowserContext) -> None:
        """Record on every page that the tests open in this window."""
        open_page = context.new_page

        def new_page() -> Page:
            page = open_page()
            session = context.new_cdp_session(page)
            session.send("Profiler.enable")
            session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
            self._sessions.append((page, session))
            return page

        context.new_page = new_page  # type: ignore[method-assign] # the way that every page takes

    def take(self) -> None:
        """Keep what was called, on pages that are still open: Chromium forgets the others."""
        for session in [session for page, session in self._sessions if not page.is_closed()]:
            for script in session.send("Profiler.takePreciseCoverage")["result"]:
                for function, called in _functions(script):
                    self._called[function] = self._called.get(function, False) or called
        self._sessions = []

    def save(self, file: Path) -> None:
        """Write what was recorded, a list of [module, function, offset in it, called]."""
        file.write_text(json.dumps([[*key, called] for key, called in self._called.items()]))


def _functions(script: dict[str, Any]) -> Iterator[tuple[Function, bool]]:
    module = urlsplit(script["url"]).path
    if not module.startswith("/static/"):  # what the tests brought, such as axe
        return
    for function in script["functions"]:
        whole = function["ranges"][0]
        yield (module, function["functionName"], whole["startOffset"]), whole["count"] > 0
