"""`python -m tools.screenshots`: takes the README's screenshots of the page `make run` serves."""

import os
import secrets
from datetime import date, timedelta
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tools.browser import find_browser
from tools.command import end_with
from tools.common import ROOT

FOLDER = ROOT / "docs" / "images"
SITE = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
TODAY = date.today()  # noqa: DTZ011 -- today in the local time zone
TODOS = (
    {"title": "Plan the lesson on test doubles", "completed": True},
    {"title": "Return the library books", "due": str(TODAY - timedelta(days=2))},
    {"title": "Buy milk"},
    {"title": "Write the test first", "due": str(TODAY + timedelta(days=3))},
)


def main() -> None:
    """Take a light and a dark screenshot."""
    arguments = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(headed=False), args=arguments
        )
        _take(browser, "light")
        _take(browser, "dark")


def _take(browser: Browser, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(
        base_url=SITE,
        color_scheme=scheme,
        viewport={"width": 800, "height": 620},
        device_scale_factor=2,
        extra_http_headers={"Origin": SITE},
    )
    account = {"email": f"ada.{secrets.token_hex(2)}@example.org", "password": secrets.token_hex()}
    page.request.post("/api/users", data=account)
    page.request.post("/api/sessions", data=account)
    for todo in TODOS:
        page.request.post("/api/todos", data=todo)
    page.goto("/")
    page.get_by_test_id("todo-item").last.wait_for()
    page.screenshot(path=FOLDER / f"page-{scheme}.png")


if __name__ == "__main__":
    end_with(main, "PORT")
