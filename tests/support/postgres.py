"""The PostgreSQL server of a test run: started before the first test, stopped after the last.

A pytest plugin, which a conftest's `pytest_configure` imports by
`config.pluginmanager.import_plugin("tests.support.postgres")`. The server is a container of
TEST_POSTGRES_IMAGE or, if none can be started, the embedded one. With TEST_POSTGRES=docker that is
an error. TEST_POSTGRES can also be the URL of an empty database, which is emptied again afterwards.
"""

import gc
import os
import warnings
from contextlib import ExitStack

import pytest

from tests.support.interrupts import raise_on_interrupt
from tests.support.postgres_servers import NoServerError, Postgres, container, embedded, given

POSTGRES = pytest.StashKey[Postgres]()
# With these options pytest runs no test.
LOOKS_ONLY = ("collectonly", "help", "markers", "showfixtures", "show_fixtures_per_test")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server; raises pytest.UsageError."""
    if any(config.getoption(name) for name in LOOKS_ONLY):
        return
    raise_on_interrupt()
    stack = ExitStack()
    config.add_cleanup(stack.close)
    wanted = os.environ.get("TEST_POSTGRES", "")
    try:
        config.stash[POSTGRES] = start(wanted, stack)
    except NoServerError as error:
        # A URL may contain a password, so the value is not repeated.
        raise pytest.UsageError(f"No PostgreSQL as TEST_POSTGRES asks: {error}") from error


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Name the server in the run's header."""
    server = config.stash.get(POSTGRES, None)
    return [f"database: {server.description}"] if server else []


@pytest.fixture(scope="session")
def database_url(pytestconfig: pytest.Config) -> str:
    """Give the URL of the run's database, which is empty at first."""
    return pytestconfig.stash[POSTGRES].url


def start(wanted: str, stack: ExitStack) -> Postgres:
    """Start the server that TEST_POSTGRES asks for; the stack stops it. Raises NoServerError."""
    if wanted.startswith(("postgresql://", "postgres://")):
        return stack.enter_context(given(wanted))
    if wanted not in {"", "docker"}:
        raise NoServerError("set it to docker, to postgresql://… or not at all")
    try:
        image = os.environ.get("TEST_POSTGRES_IMAGE") or "postgres:18-alpine"
        return stack.enter_context(container(image))
    except NoServerError as error:
        if wanted == "docker":
            raise
        why = str(error)
    _collect_garbage()
    return stack.enter_context(embedded(why))


def _collect_garbage() -> None:
    """Collect the sockets that docker's client leaves open when no engine answers.

    Otherwise the test during which they are collected would fail with a ResourceWarning.
    """
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()
