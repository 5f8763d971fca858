"""One service and one browser for all tests, and a fresh person for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from playwright.sync_api import BrowserContext, Page

from tests.e2e.pages import SignIn, TodoList
from tests.support.breach_api import serve_breach_api
from tests.support.browser import (
    QUIET,
    TIMEOUT_MILLISECONDS,
    NewContext,
    wait_for_stable_network,
    watch,
)
from tests.support.e2e_service import serve
from tests.support.javascript_coverage import JavaScriptCoverage
from tests.support.paths import BUILD, JAVASCRIPT_COVERAGE
from tests.support.person import Person, make_person
from tests.support.service import ServiceProcess
from tools.browser import BrowserError, find_browser

pytest_plugins = ["pytest_playwright.pytest_playwright"]

LOG = BUILD / "e2e" / "server.log"

CHROMIUM = pytest.StashKey[Path | None]()


def pytest_configure(config: pytest.Config) -> None:
    """Find the browser, then start PostgreSQL; raises pytest.UsageError."""
    try:
        wants_chromium = "chromium" in _browsers(config)
        found = find_browser(headed=config.getoption("--headed")) if wants_chromium else None
    except BrowserError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[CHROMIUM] = found
    config.pluginmanager.import_plugin("tests.support.postgres")


def pytest_report_header(config: pytest.Config) -> str:
    """Say in the run's header which browser it is."""
    program = config.stash[CHROMIUM] or "Playwright's own"
    return f"browser: {', '.join(_browsers(config))} ({program})"


def _browsers(config: pytest.Config) -> list[str]:
    return config.getoption("--browser") or ["chromium"]


@pytest.fixture(scope="session")
def breach_api() -> Iterator[str]:
    """Return the address of a breach API that knows BREACHED_PASSWORD."""
    with serve_breach_api() as address:
        yield address


@pytest.fixture(scope="session")
def log(delete_output_dir: None) -> Path:  # noqa: ARG001 -- Playwright's; the log goes there afterwards
    """Return the file for what services log, emptied of the last run's."""
    LOG.unlink(missing_ok=True)
    return LOG


@pytest.fixture(scope="session")
def base_url(database_url: str, breach_api: str, log: Path) -> Iterator[str]:
    """Return the address of the service, which runs until the last test is over."""
    with serve(database_url, breach_api, log) as service:
        yield service.address


@pytest.fixture
def restartable_service(database_url: str, breach_api: str, log: Path) -> Iterator[ServiceProcess]:
    """Return a second service on the same database, which the test may kill and start again."""
    with serve(database_url, breach_api, log) as service:
        yield service


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """Start the Chromium that was found, or another browser as Playwright does."""
    wait_for_stable_network()
    # Ctrl-C is for pytest, which saves the trace and then closes the browser.
    options = {**browser_type_launch_args, "handle_sigint": False}
    if browser_name == "chromium":
        options |= {"executable_path": pytestconfig.stash[CHROMIUM], "args": QUIET}
    return options


@pytest.fixture(scope="session")
def javascript_coverage(browser_name: str) -> Iterator[JavaScriptCoverage | None]:
    """Return what records the JavaScript that tests reach, when Python's is recorded too."""
    if not Coverage.current() or browser_name != "chromium":
        yield None
        return
    reach = JavaScriptCoverage()
    yield reach
    reach.save(JAVASCRIPT_COVERAGE)


@pytest.fixture
def page_errors() -> Iterator[list[str]]:
    """Return what went wrong on the test's pages; what is left in it fails the test."""
    page_errors: list[str] = []
    yield page_errors
    assert page_errors == []


@pytest.fixture
def new_context(
    new_context: NewContext, page_errors: list[str], javascript_coverage: JavaScriptCoverage | None
) -> Iterator[NewContext]:
    """Return a maker of browser windows; a fault on any page of theirs fails the test."""

    def watched(**options: Any) -> BrowserContext:  # noqa: ANN401 -- Playwright's own
        context = new_context(**options)
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        watch(context, page_errors)
        if javascript_coverage:
            javascript_coverage.follow(context)
        return context

    yield watched

    if javascript_coverage:
        javascript_coverage.take()


@pytest.fixture
def person(base_url: str) -> Person:
    """Return somebody who signed up just now."""
    return make_person(base_url)


@pytest.fixture
def context(new_context: NewContext, person: Person) -> BrowserContext:
    """Return a browser in which the person is signed in."""
    return new_context(storage_state=person.as_cookie())


@pytest.fixture
def todo_list(page: Page) -> TodoList:
    """Return the list on the person's page; the test opens it."""
    return TodoList(page)


@pytest.fixture
def two_todos(todo_list: TodoList, person: Person) -> TodoList:
    """Return a list, open, with one todo done and one not."""
    person.adds("Buy milk", completed=True)
    person.adds("Call mother")
    todo_list.open()
    return todo_list


@pytest.fixture
def sign_in(new_context: NewContext) -> SignIn:
    """Return the form, open in a browser that nobody has signed in with."""
    form = SignIn(new_context().new_page())
    form.open()
    return form
