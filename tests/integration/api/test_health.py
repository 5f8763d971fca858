"""Health checks, with and without a database."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from tests.support.api_client import json_of, make_app


@pytest.fixture
def client_without_database() -> Iterator[FlaskClient]:
    """Assemble the service with a database URL at which nothing listens."""
    with closing(Database("postgresql://nobody@127.0.0.1:1/nothing")) as database:
        yield make_app(database).test_client()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_is_healthy(client: FlaskClient, path: str) -> None:
    """Both checks answer to any Host header: a load balancer asks by IP address."""
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert json_of(response) == {"status": "ok"}


@pytest.mark.slow
def test_is_not_ready_without_a_database(client_without_database: FlaskClient) -> None:
    """Without a database the answer is 503, with the time after which to retry.

    The test is slow: it waits until the connection pool gives up.

    Sibling: tests/unit/api/test_pages.py::test_is_not_ready_without_a_database.
    """
    response = client_without_database.get("/readyz")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.content_type == "application/problem+json"
