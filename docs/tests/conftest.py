"""A clean environment, and a browser for the site, which only a test of a page starts."""

pytest_plugins = [
    "tests.support.isolation",
    "pytest_playwright.pytest_playwright",
    "tests.support.browser",
]
