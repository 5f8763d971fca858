"""Records which functions of the page's JavaScript the tests call: a pytest plugin.

Playwright for Python has no interface for this, but Chromium's own protocol has one:
https://chromedevtools.github.io/devtools-protocol/tot/Profiler/
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from coverage import Coverage
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.support.paths import JAVASCRIPT_COVERAGE

Function = tuple[str, str, int]


class JavaScriptCoverage:
    """Every function that any page loaded, and whether it was called."""

    def __init__(self) -> None:
        self._sessions: list[tuple[Page, CDPSession]] = []
        self._called: dict[Function, bool] = {}

    def record(self, context: BrowserContext) -> None:
        """Start to record on every page that a test opens in this window."""
        open_page = context.new_page

        def new_page() -> Page:
            page = open_page()
            session = context.new_cdp_session(page)
            session.send("Profiler.enable")
            session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
            self._sessions.append((page, session))
            return page

        context.new_page = new_page  # type: ignore[method-assign] # every page is opened this way

    def collect(self) -> None:
        """Collect from the pages that are still open: Chromium forgets those that are closed."""
        for session in [session for page, session in self._sessions if not page.is_closed()]:
            for script in session.send("Profiler.takePreciseCoverage")["result"]:
                for function, called in _functions(script):
                    self._called[function] = self._called.get(function, False) or called
        self._sessions = []

    def save(self, file: Path) -> None:
        """Write a list of [module, function, offset in the module, called]."""
        file.write_text(json.dumps([[*key, called] for key, called in self._called.items()]))


@pytest.fixture(scope="session")
def javascript_coverage(browser_name: str) -> Iterator[JavaScriptCoverage | None]:
    """Record JavaScript's coverage whenever Python's is recorded; only Chromium can do it."""
    if not Coverage.current() or browser_name != "chromium":
        yield None
        return
    coverage = JavaScriptCoverage()
    yield coverage
    coverage.save(JAVASCRIPT_COVERAGE)


def _functions(script: dict[str, Any]) -> Iterator[tuple[Function, bool]]:
    address = urlsplit(script["url"]).path.split("/")
    if address[1:2] != ["static"]:  # scripts of the tests, such as axe
        return
    module = f"/static/{address[-1]}"  # without the digest
    for function in script["functions"]:
        whole = function["ranges"][0]
        yield (module, function["functionName"], whole["startOffset"]), whole["count"] > 0
