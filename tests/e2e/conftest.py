"""One service and one browser for all tests, and a new person for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.pages import SignIn, TodoList
from tests.support.breach_api import serve_breach_api
from tests.support.browser import NewContext, find_chromium
from tests.support.e2e_service import serve
from tests.support.failure_artifacts import FailureArtifacts
from tests.support.javascript_coverage import JavaScriptCoverage
from tests.support.page_errors import collect_page_errors
from tests.support.paths import BUILD
from tests.support.person import Person, make_person
from tests.support.service import ServiceProcess
from tests.support.waiting import PAGE_MILLISECONDS
from tools.browser import BrowserError

pytest_plugins = [
    "pytest_playwright.pytest_playwright",
    "tests.support.browser",
    "tests.support.failure_artifacts",
    "tests.support.javascript_coverage",
    "tests.support.page_errors",
]

SERVICE_LOG = BUILD / "e2e" / "server.log"


def pytest_configure(config: pytest.Config) -> None:
    """Find the browser before PostgreSQL starts; raises pytest.UsageError."""
    try:
        if "chromium" in _browsers(config):
            find_chromium(headed=config.getoption("--headed"))
    except BrowserError as error:
        raise pytest.UsageError(str(error)) from error
    config.pluginmanager.import_plugin("tests.support.postgres")


def pytest_report_header(config: pytest.Config) -> str:
    """Name the browser, and its program."""
    names = _browsers(config)
    program = find_chromium(headed=config.getoption("--headed")) if "chromium" in names else "any"
    return f"browser: {', '.join(names)} ({program})"


def _browsers(config: pytest.Config) -> list[str]:
    return config.getoption("--browser") or ["chromium"]


@pytest.fixture(scope="session")
def breach_api() -> Iterator[str]:
    """Serve an API that knows one breached password: BREACHED_PASSWORD."""
    with serve_breach_api() as address:
        yield address


@pytest.fixture(scope="session")
def service_log(delete_output_dir: None) -> Path:  # noqa: ARG001 -- Playwright empties the folder first
    """Name the file that every service of the run writes to."""
    SERVICE_LOG.unlink(missing_ok=True)
    return SERVICE_LOG


@pytest.fixture(scope="session")
def base_url(database_url: str, breach_api: str, service_log: Path) -> Iterator[str]:
    """Serve until the last test has ended; Playwright opens "/" at this address."""
    with serve(database_url, breach_api, service_log) as service:
        yield service.address


@pytest.fixture(scope="session")
def second_service(
    database_url: str, breach_api: str, service_log: Path
) -> Iterator[ServiceProcess]:
    """Serve a second time, on the same database, for `restartable_service` alone."""
    with serve(database_url, breach_api, service_log) as service:
        yield service


@pytest.fixture
def restartable_service(second_service: ServiceProcess) -> ServiceProcess:
    """Allow the test to kill this service, even if the test then fails to start it again."""
    if not second_service.is_ready():
        second_service.start()
    return second_service


@pytest.fixture
def new_context(
    new_context: NewContext,
    page_errors: list[str],
    artifacts: FailureArtifacts,
    javascript_coverage: JavaScriptCoverage | None,
) -> Iterator[NewContext]:
    """Open windows in which an error on any page fails the test."""

    def new_watched_context(**options: Any) -> BrowserContext:  # noqa: ANN401 -- Playwright's own
        context = new_context(**options)
        context.set_default_timeout(PAGE_MILLISECONDS)
        collect_page_errors(context, page_errors)
        artifacts.watch(context)
        if javascript_coverage:
            javascript_coverage.record(context)
        return context

    yield new_watched_context

    if javascript_coverage:
        javascript_coverage.collect()


@pytest.fixture
def person(base_url: str) -> Person:
    """Sign up a new person, who has no todos."""
    return make_person(base_url)


@pytest.fixture
def context(new_context: NewContext, person: Person) -> BrowserContext:
    """Open a window in which the person is signed in."""
    return new_context(storage_state=person.storage_state())


@pytest.fixture
def todo_list(page: Page) -> TodoList:
    """Leave it to the test to open the page."""
    return TodoList(page)


@pytest.fixture
def two_todos(todo_list: TodoList, person: Person) -> TodoList:
    """Open a list with one completed todo and one active one."""
    person.adds("Buy milk", completed=True)
    person.adds("Call mother")
    todo_list.open()
    return todo_list


@pytest.fixture
def sign_in(new_context: NewContext) -> SignIn:
    """Open the form in a window in which no one is signed in."""
    form = SignIn(new_context().new_page())
    form.open()
    return form
