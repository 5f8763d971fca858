"""What the resilience tests share: a PostgreSQL of their own, and services that run on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.databases import empty_database
from tests.support.resilience_service import ResilienceService, User
from tests.support.restartable_postgres import RestartablePostgres


@pytest.fixture(autouse=True)
def _empty_tables() -> None:
    """Do not touch the database of the other tests: these have a server of their own."""


@pytest.fixture(scope="session")
def durable_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RestartablePostgres]:
    """Start one server for all resilience tests; they ask for `postgres`, which repairs it."""
    server = RestartablePostgres(tmp_path_factory.mktemp("postgres"))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.remove()


@pytest.fixture
def postgres(durable_postgres: RestartablePostgres) -> Iterator[RestartablePostgres]:
    """Repair the server after the test: resume it, and start it if it was stopped."""
    yield durable_postgres
    durable_postgres.resume()
    durable_postgres.start()


@pytest.fixture
def db(postgres: RestartablePostgres) -> Iterator[psycopg.Connection[TupleRow]]:
    """Connect as the server's operator."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def empty_url(postgres: RestartablePostgres) -> Iterator[str]:
    """Create a database of the test's own on this server."""
    with empty_database(postgres.url) as url:
        yield url


@pytest.fixture
def start_service(
    postgres: RestartablePostgres, tmp_path: Path
) -> Iterator[Callable[..., ResilienceService]]:
    """Start a service, by default on the server's main database; it is killed after the test."""
    with ExitStack() as services:

        def start(url: str = postgres.url, **settings: str) -> ResilienceService:
            service = ResilienceService(url, tmp_path / "service.log", **settings)
            services.callback(service.kill)
            service.start()
            return service

        yield start


@pytest.fixture
def service(start_service: Callable[..., ResilienceService]) -> ResilienceService:
    """Start a service with its default settings, on the server's main database."""
    return start_service()


@pytest.fixture
def ada(service: ResilienceService) -> User:
    """Sign a user up with that service."""
    return service.new_user()
