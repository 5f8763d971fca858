"""What the integration tests share: one database, emptied for each test, and one app."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg
import pytest
import responses
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from psycopg.rows import TupleRow

from app.adapters.database import Database
from app.adapters.migrations import migrate
from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from tests.support.api_client import make_api_client, make_app, new_account, sign_in
from tests.support.databases import empty_database
from tests.support.factories import NOW, make_email

DELETE_EVERYTHING = "DELETE FROM todos; DELETE FROM users; DELETE FROM attempts"


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL, or connect to the server that TEST_POSTGRES names."""
    config.pluginmanager.import_plugin("tests.support.postgres")


@pytest.fixture(scope="session")
def migrated_url(database_url: str) -> str:
    """Create the service's tables in the run's database."""
    migrate(database_url)
    return database_url


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    """Create a database of the test's own, without tables."""
    with empty_database(database_url) as url:
        yield url


@pytest.fixture(scope="session")
def database(migrated_url: str) -> Iterator[Database]:
    """Open the connection pool that all tests share."""
    with closing(Database(migrated_url)) as database:
        yield database


@pytest.fixture
def single_connection(migrated_url: str) -> Iterator[Database]:
    """Open a pool of the test's own, with exactly one connection."""
    with closing(Database(migrated_url)) as database:
        # A pool that is used before its first connection is open opens a second one.
        database._pool.wait()  # noqa: SLF001 -- the service has no use for waiting
        yield database


@pytest.fixture(scope="session")
def db(migrated_url: str) -> Iterator[psycopg.Connection[TupleRow]]:
    """Open the tests' own connection, with which they look behind the service.

    Its timeout turns a transaction that a test left open into an error instead of a hang.
    """
    with psycopg.connect(
        migrated_url, autocommit=True, options="-c lock_timeout=60s"
    ) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _empty_tables(db: psycopg.Connection[TupleRow]) -> None:
    """Start from empty tables. DELETE is faster than TRUNCATE where there are few rows."""
    db.execute(DELETE_EVERYTHING)


@pytest.fixture
def todos(database: Database) -> TodoRepository:
    """Run the repository's statements on the shared pool."""
    return TodoRepository(database, max_todos=1000)


@pytest.fixture
def ada_id(database: Database) -> int:
    """Create an account that owns no todo."""
    return UserRepository(database).add(make_email(), "hash", NOW).id


@pytest.fixture
def bob_id(database: Database) -> int:
    """Create a second account, for what must not reach the first."""
    return UserRepository(database).add(make_email(), "hash", NOW).id


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop Python's clock at NOW; `shift` moves it. PostgreSQL's own clock is not affected."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def breach_api() -> Iterator[responses.RequestsMock]:
    """Stub the breach API, which knows no password unless a test adds one."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as api:
        api.get(re.compile(r"https://api\.pwnedpasswords\.com/range/[0-9A-F]{5}"), body="")
        yield api


@pytest.fixture(scope="session")
def app(database: Database) -> Flask:
    """Assemble the service with its default settings and cheap password hashes."""
    return make_app(database)


@pytest.fixture
def client(app: Flask, breach_api: object) -> FlaskClient:  # noqa: ARG001 -- stubbed
    """Send no token, but keep cookies as a browser does."""
    return app.test_client()


@pytest.fixture
def make_client(
    database: Database,
    breach_api: object,  # noqa: ARG001 -- stubbed
) -> Callable[..., FlaskClient]:
    """Make a client of a service with other settings; it keeps no cookies."""
    return lambda **settings: make_app(database, **settings).test_client(use_cookies=False)


@pytest.fixture
def browser_client(client: FlaskClient) -> FlaskClient:
    """Sign in as the page does, so that the client sends the cookie."""
    sign_in(client, new_account(client))
    return client


@pytest.fixture
def ada(app: Flask, database: Database) -> FlaskClient:
    """Create a user, whose client sends a bearer token with each request."""
    return make_api_client(app, database)


@pytest.fixture
def bob(app: Flask, database: Database) -> FlaskClient:
    """Create a second user, whose client sends another token."""
    return make_api_client(app, database)
