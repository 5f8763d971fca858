"""What the fault tests share: a PostgreSQL of their own, and services to start on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.resilience_service import Person, Service
from tests.support.restartable_postgres import Server


@pytest.fixture(autouse=True)
def _empty_database() -> None:
    """Leave the database of the other tests alone."""


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the server that these tests mistreat."""
    server = Server(tmp_path_factory.mktemp("postgres"))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.remove()


@pytest.fixture
def server(own_server: Server) -> Iterator[Server]:
    """Return the server, running, and have it running afterwards."""
    yield own_server
    own_server.resume()
    own_server.stop()
    own_server.start()


@pytest.fixture
def db(server: Server) -> Iterator[psycopg.Connection[TupleRow]]:
    """Return the connection of the server's operator."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def fresh_url(server: Server, db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Return the address of an empty database, `fresh`."""
    db.execute("CREATE DATABASE fresh")
    yield server.url.removesuffix("/postgres") + "/fresh"
    db.execute("DROP DATABASE fresh WITH (FORCE)")


@pytest.fixture
def start_service(server: Server, tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Return what starts a service, by default on the server's own database."""
    with ExitStack() as services:

        def start(url: str = server.url, **settings: str) -> Service:
            service = Service(url, tmp_path / "service.log", **settings)
            services.callback(service.kill)
            service.start()
            return service

        yield start


@pytest.fixture
def service(start_service: Callable[..., Service]) -> Service:
    """Return the service, ready."""
    return start_service()


@pytest.fixture
def ada(service: Service) -> Person:
    """Return a person with an account."""
    return service.new_person()
