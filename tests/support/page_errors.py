"""Collects the errors of a page that no test expects: a pytest plugin."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# Tests provoke these, and the browser reports them rather than the page. In Chromium's words:
EXPECTED = re.compile(
    "Failed to load resource: "
    "(the server responded with a status of 4|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED))"
    "|WebSocket connection to '.*' failed: "
)
REPORT_VIOLATIONS = """
    addEventListener('securitypolicyviolation', (event) =>
        console.error(`Content security policy: ${event.violatedDirective}`));
"""


@pytest.fixture
def page_errors() -> Iterator[list[str]]:
    """Fail the test if an error is left here: a test that causes one on purpose removes it."""
    page_errors: list[str] = []
    yield page_errors
    assert page_errors == []


def collect_page_errors(context: BrowserContext, page_errors: list[str]) -> None:
    """Add to the list each error on the console, uncaught exception and policy violation."""

    def on_console(message: ConsoleMessage) -> None:
        # The address is the location of a failed request, but part of the text for a WebSocket.
        source = f"{message.location['url']} {message.text}"
        is_expected = "/api/" in source and EXPECTED.match(message.text)
        if message.type == "error" and not is_expected:
            page_errors.append(message.text)

    def on_error(error: WebError) -> None:
        page_errors.append(str(error.error))

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("console", on_console)
    context.on("weberror", on_error)
