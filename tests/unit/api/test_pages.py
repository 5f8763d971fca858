"""The page, the description of the API, and the health checks."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.database import Database
from app.adapters.todos import TodoRepository
from app.api.schemas import COMPONENTS
from app.domain.errors import StorageUnavailableError


@pytest.mark.parametrize("name", ["Email", "Password", "Title"])
def test_the_page_takes_its_limits_from_the_schemas(name: str, client: FlaskClient) -> None:
    """The page explains each field in the words of the schema that the service checks."""
    page = client.get("/").get_data(as_text=True)

    assert COMPONENTS[name]["description"] in page


@pytest.mark.parametrize("file", ["main.js", "page.css", "favicon.svg"])
def test_a_browser_revalidates_the_pages_files(file: str, client: FlaskClient) -> None:
    """A file keeps its name when it changes, so a browser has to ask before it uses its cache."""
    with client.get(f"/static/{file}") as response:
        assert response.cache_control.no_cache


def test_publishes_the_schemas_it_checks_with(client: FlaskClient) -> None:
    """The API's description and the validation use the same schemas, so they cannot differ."""
    document = client.get("/openapi.json").get_json()

    assert document["components"]["schemas"] == COMPONENTS


def test_is_alive_without_a_database(client: FlaskClient, mocker: MockerFixture) -> None:
    """An outage of the database must not make an orchestrator restart the process."""
    mocker.patch.object(Database, "check", autospec=True, side_effect=StorageUnavailableError)

    response = client.get("/healthz")

    assert response.status_code == 200


def test_is_not_ready_without_a_database(client: FlaskClient, mocker: MockerFixture) -> None:
    """A load balancer should send no traffic to a process that cannot reach the database.

    Sibling: tests/integration/api/test_health.py::test_is_not_ready_without_a_database.
    """
    mocker.patch.object(Database, "check", autospec=True, side_effect=StorageUnavailableError)

    response = client.get("/readyz")

    assert response.status_code == 503


@pytest.mark.parametrize("path", ["/", "/api/todos", "/healthz", "/openapi.json"])
def test_answers_head_like_get_without_a_body(
    path: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Flask adds HEAD to every route with GET; none of our hooks may break that."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    response = api_client.head(path)

    assert response.status_code == 200
    assert response.data == b""
