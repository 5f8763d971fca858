"""The page, the description of the API, and the probes."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import StorageUnavailableError
from app.http.schemas import COMPONENTS


def test_the_page_takes_its_limits_from_the_schemas(anonymous: FlaskClient) -> None:
    """The page's fields explain themselves in the schemas' own words."""
    page = anonymous.get("/").get_data(as_text=True)

    for name in ("Email", "Password", "Title"):
        assert COMPONENTS[name]["description"] in page


@pytest.mark.parametrize("file", ["main.js", "page.css", "favicon.svg"])
def test_a_browser_asks_anew_for_the_pages_files(file: str, anonymous: FlaskClient) -> None:
    """No file is used from a cache unasked: an upgrade changes it, and its name stays."""
    with anonymous.get(f"/static/{file}") as response:
        assert response.cache_control.no_cache


def test_publishes_the_schemas_it_checks_with(anonymous: FlaskClient) -> None:
    """The API's description holds the very schemas, so the two cannot differ."""
    document = anonymous.get("/openapi.json").get_json()

    assert COMPONENTS == document["components"]["schemas"]


def test_is_alive_without_a_database(anonymous: FlaskClient, health: Mock) -> None:
    """The process answers for itself, so that an outage of the database does not restart it."""
    health.check.side_effect = StorageUnavailableError

    assert HTTPStatus.OK == anonymous.get("/healthz").status_code


def test_is_not_ready_without_a_database(anonymous: FlaskClient, health: Mock) -> None:
    """While the database is away no traffic should come here.

    Sibling: tests/integration/test_health.py::test_is_not_ready_without_a_database.
    """
    health.check.side_effect = StorageUnavailableError

    assert HTTPStatus.SERVICE_UNAVAILABLE == anonymous.get("/readyz").status_code


@pytest.mark.parametrize("path", ["/", "/api/todos", "/healthz", "/openapi.json"])
def test_answers_head_like_get_without_a_body(path: str, client: FlaskClient) -> None:
    """HEAD has GET's status and no body."""
    response = client.head(path)

    assert (HTTPStatus.OK, b"") == (response.status_code, response.data)
