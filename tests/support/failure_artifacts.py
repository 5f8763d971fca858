"""Keeps what shows why a browser test failed: a pytest plugin.

A trace shows more, but recording one for every test, to keep those of the tests that fail, takes
a fifth of the layer's time. So the report ends with the command that records it for one test.
"""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

from tests.support.waiting import PAGE_MILLISECONDS

FIRST_ERROR_STATUS = 400


class FailureArtifacts:
    """What one test's browser windows report, and the service's log since the test began."""

    def __init__(self, folder: Path, service_log: Path) -> None:
        self.folder = folder
        self.events: list[str] = []
        self._pages: list[Page] = []
        self._service_log = service_log
        self._offset = service_log.stat().st_size

    def watch(self, context: BrowserContext) -> None:
        """Note the console's messages and the failed requests of each page in this window."""
        context.on("page", self._on_page)
        context.on("console", self._on_console)
        context.on("requestfailed", self._on_failed_request)
        context.on("response", self._on_response)

    def save(self) -> None:
        """Write a screenshot and the accessibility tree of each open page, and both logs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        open_pages = [page for page in self._pages if not page.is_closed()]
        for number, page in enumerate(open_pages, start=1):
            self._save_page(page, f"page-{number}")
        (self.folder / "browser.log").write_text("\n".join(self.events), encoding="utf-8")
        (self.folder / "service.log").write_bytes(self._service_log.read_bytes()[self._offset :])

    def _save_page(self, page: Page, name: str) -> None:
        try:
            page.screenshot(path=self.folder / f"{name}.png", timeout=PAGE_MILLISECONDS)
            tree = page.locator("body").aria_snapshot(timeout=PAGE_MILLISECONDS)
            (self.folder / f"{name}.aria.yml").write_text(tree, encoding="utf-8")
        except Error as error:
            self.events.append(f"{name} could not be saved: {error.message}")

    def _on_page(self, page: Page) -> None:
        self._pages.append(page)

    def _on_console(self, message: ConsoleMessage) -> None:
        self.events.append(f"console {message.type}: {message.text}")

    def _on_failed_request(self, request: Request) -> None:
        self.events.append(f"{request.method} {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= FIRST_ERROR_STATUS:
            request = response.request
            self.events.append(f"{request.method} {request.url}: {response.status}")


ARTIFACTS = pytest.StashKey[FailureArtifacts]()


@pytest.fixture
def artifacts(
    request: pytest.FixtureRequest, output_path: str, service_log: Path
) -> FailureArtifacts:
    """Prepare what is saved if the test fails, in a folder of its own."""
    artifacts = FailureArtifacts(Path(output_path), service_log)
    request.node.stash[ARTIFACTS] = artifacts
    return artifacts


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Save the artifacts of a failed test while its pages are still open."""
    report = yield
    artifacts = item.stash.get(ARTIFACTS, None)
    if report.failed and artifacts:
        if report.when != "teardown":
            artifacts.save()
        report.sections.append(("browser", "\n".join(_summary(item, artifacts))))
    return report


def _summary(item: pytest.Item, artifacts: FailureArtifacts) -> list[str]:
    # An expression for -k has no spaces within a word, and no brackets.
    expression = " and ".join(re.findall(r"[\w-]+", item.name))
    return [
        *artifacts.events,
        f"Screenshots, accessibility trees and logs: {artifacts.folder}",
        f"Record a trace of this test: make test-e2e ARGS=\"-k '{expression}' --tracing on\"",
    ]
