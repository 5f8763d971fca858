"""What the fault tests share: a PostgreSQL of their own; each has a service of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.faults.server import Server
from tests.integration.faults.service import Person, Service


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
def service(server: Server, tmp_path: Path) -> Iterator[Service]:
    """Return the service, ready."""
    service = Service(server.url, tmp_path / "service.log")
    try:
        service.start()
        yield service
    finally:
        service.kill()


@pytest.fixture
def ada(service: Service) -> Person:
    """Return a person with an account."""
    return service.new_person()
