"""The page, the description of the API, and the probes."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.api.schemas import COMPONENTS
from app.domain.errors import StorageUnavailableError


def test_the_page_takes_its_limits_from_the_schemas(client: FlaskClient) -> None:
    """The page's fields explain themselves in the schemas' own words."""
    page = client.get("/").get_data(as_text=True)

    for name in ("Email", "Password", "Title"):
        assert COMPONENTS[name]["description"] in page


@pytest.mark.parametrize("file", ["main.js", "page.css", "favicon.svg"])
def test_a_browser_asks_anew_for_the_pages_files(file: str, client: FlaskClient) -> None:
    """No file is used from a cache unasked: an upgrade changes it, and its name stays."""
    with client.get(f"/static/{file}") as response:
        assert response.cache_control.no_cache


def test_publishes_the_schemas_it_checks_with(client: FlaskClient) -> None:
    """The API's description holds the very schemas, so the two cannot differ."""
    document = client.get("/openapi.json").get_json()

    assert document["components"]["schemas"] == COMPONENTS


def test_is_alive_without_a_database(client: FlaskClient, health: Mock) -> None:
    """The process answers for itself, so that an outage of the database does not restart it."""
    health.check.side_effect = StorageUnavailableError

    assert client.get("/healthz").status_code == 200


def test_is_not_ready_without_a_database(client: FlaskClient, health: Mock) -> None:
    """While the database is away no traffic should come here.

    Sibling: tests/integration/api/test_health.py::test_is_not_ready_without_a_database.
    """
    health.check.side_effect = StorageUnavailableError

    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("path", ["/", "/api/todos", "/healthz", "/openapi.json"])
def test_answers_head_like_get_without_a_body(path: str, api_client: FlaskClient) -> None:
    """HEAD has GET's status and no body."""
    response = api_client.head(path)

    assert response.status_code == 200
    assert response.data == b""
