"""The browser in which the report is tested; nothing starts it but a test that takes a page."""

pytest_plugins = ["pytest_playwright.pytest_playwright", "tests.support.browser"]
