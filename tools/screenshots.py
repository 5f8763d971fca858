"""`python -m tools.screenshots`: takes the README's screenshots of the page `make run` serves."""

import os
import secrets
import sys
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_browser
from tools.common import ROOT, ToolError

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
    """Take a light and a dark screenshot; exit with one line if there is no browser."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        program = find_browser(headed=False)
    except ToolError as error:
        sys.exit(str(error))
    arguments = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for scheme in ("light", "dark"):
            _take(browser, scheme)
        browser.close()


def _take(browser: Browser, scheme: str) -> None:
    page = browser.new_page(
        base_url=SITE,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 800, "height": 620},
        device_scale_factor=2,
        extra_http_headers={"Origin": SITE},
    )
    _add_todos(page)
    page.goto("/")
    page.get_by_test_id("todo-item").last.wait_for()
    page.screenshot(path=FOLDER / f"page-{scheme}.png")
    page.close()


def _add_todos(page: Page) -> None:
    account = {"email": f"ada.{secrets.token_hex(2)}@example.org", "password": secrets.token_hex()}
    page.request.post("/api/users", data=account)
    page.request.post("/api/sessions", data=account)
    for todo in TODOS:
        page.request.post("/api/todos", data=todo)


if __name__ == "__main__":
    main()
