"""What the service says of itself and of its database."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from tests.support.api_client import json_of, make_app


@pytest.fixture
def without_database() -> Iterator[FlaskClient]:
    """Return a client of a service whose database is not there."""
    with closing(Database("postgresql://nobody@127.0.0.1:1/nothing")) as nowhere:
        yield make_app(nowhere).test_client()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_is_well(client: FlaskClient, path: str) -> None:
    """With its database the service is alive and ready; who asks by another name may know it."""
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert json_of(response) == {"status": "ok"}


def test_lives_without_a_database(without_database: FlaskClient) -> None:
    """The process is alive though its database is away: to restart it would not help."""
    response = without_database.get("/healthz")

    assert response.status_code == 200


@pytest.mark.slow
def test_is_not_ready_without_a_database(without_database: FlaskClient) -> None:
    """Without its database the service says so in seconds, and when to ask again.

    Sibling: tests/unit/api/test_pages.py::test_is_not_ready_without_a_database.
    """
    response = without_database.get("/readyz")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.content_type == "application/problem+json"
