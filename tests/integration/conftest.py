"""What the integration tests share: one database and one app for all, emptied for each test."""

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
from tests.support.api_client import make_app, new_account, sign_in, signed_in
from tests.support.factories import NOW, make_email

EMPTY = "DELETE FROM todos; DELETE FROM users; DELETE FROM attempts"


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL, or take the one that runs already."""
    config.pluginmanager.import_plugin("tests.support.postgres")


@pytest.fixture(scope="session")
def migrated_url(database_url: str) -> str:
    """Return the address of the database, with the schema in it."""
    migrate(database_url)
    return database_url


@pytest.fixture(scope="session")
def database(migrated_url: str) -> Iterator[Database]:
    """Return the pool of connections that all tests share."""
    database = Database(migrated_url)
    yield database
    database.close()


@pytest.fixture
def single_database(migrated_url: str) -> Iterator[Database]:
    """Return a pool of the test's own, with one connection."""
    with closing(Database(migrated_url)) as database:
        # A pool that is used before its first connection is there makes a second one.
        database._pool.wait()  # noqa: SLF001 -- nothing else has it
        yield database


@pytest.fixture(scope="session")
def db(migrated_url: str) -> Iterator[psycopg.Connection[TupleRow]]:
    """Return a connection of the tests' own, to look behind the service.

    Its timeout makes an open transaction that a test left behind an error instead of a hang.
    """
    with psycopg.connect(migrated_url, autocommit=True, options="-c lock_timeout=2s") as connection:
        yield connection


@pytest.fixture(autouse=True)
def _empty_database(db: psycopg.Connection[TupleRow]) -> None:
    """Begin with nothing. DELETE is faster than TRUNCATE where there are few rows."""
    db.execute(EMPTY)


@pytest.fixture
def todos(database: Database) -> TodoRepository:
    """Return the adapter of the table `todos`."""
    return TodoRepository(database)


@pytest.fixture
def ada_id(database: Database) -> int:
    """Return the id of an account."""
    return UserRepository(database).add(make_email(), "hash", NOW).id


@pytest.fixture
def bob_id(database: Database) -> int:
    """Return the id of another account."""
    return UserRepository(database).add(make_email(), "hash", NOW).id


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the service's clock at NOW; `shift` moves it. PostgreSQL's own goes on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def breach_api() -> Iterator[responses.RequestsMock]:
    """Stand in for the breach API, which knows no password unless a test tells it some."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as api:
        api.get(re.compile(r"https://api\.pwnedpasswords\.com/range/[0-9A-F]{5}"), body="")
        yield api


@pytest.fixture(scope="session")
def app(database: Database) -> Flask:
    """Return the service as it is started, with cheap hashes."""
    return make_app(database)


@pytest.fixture
def client(app: Flask, breach_api: responses.RequestsMock) -> FlaskClient:  # noqa: ARG001 -- in place
    """Return a client that nobody knows, and that keeps cookies as a browser does."""
    return app.test_client()


@pytest.fixture
def client_for(
    database: Database,
    breach_api: responses.RequestsMock,  # noqa: ARG001 -- in place
) -> Callable[..., FlaskClient]:
    """Return a maker of clients of a service with other settings; they keep no cookie."""

    def make(**settings: object) -> FlaskClient:
        return make_app(database, **settings).test_client(use_cookies=False)

    return make


@pytest.fixture
def ada_in_browser(client: FlaskClient) -> FlaskClient:
    """Return the client of a person whom the page signed in: it sends the cookie."""
    sign_in(client, new_account(client))
    return client


@pytest.fixture
def ada(app: Flask, database: Database) -> FlaskClient:
    """Return the client of a person with an account, who sends a token as programs do."""
    return signed_in(app, database)


@pytest.fixture
def bob(app: Flask, database: Database) -> FlaskClient:
    """Return the client of another person."""
    return signed_in(app, database)
