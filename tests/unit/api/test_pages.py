"""The page, the description of the API, and the health checks."""

import re

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


@pytest.mark.parametrize(
    ("cookie", "site", "begins_with_the_form"),
    [
        (None, "none", True),
        (None, "same-origin", True),
        ("token", "none", False),
        ("token", "same-origin", False),
        (None, "cross-site", False),  # a link on another site: the browser withholds the cookie
        (None, None, False),
    ],
)
def test_begins_with_the_form_if_no_one_is_signed_in(
    cookie: str | None, site: str | None, *, begins_with_the_form: bool, client: FlaskClient
) -> None:
    """The form shows before any script has arrived, and never to somebody who is signed in."""
    if cookie:
        client.set_cookie("session", cookie)

    page = client.get("/", headers={"Sec-Fetch-Site": site} if site else {}).text

    [form] = re.findall(r'<section [^>]*id="sign-in"[^>]*>', page)
    assert ("hidden" not in form) == begins_with_the_form


def test_the_page_is_not_kept_by_caches(client: FlaskClient) -> None:
    """A browser that goes back would show the form of before the sign-in."""
    response = client.get("/")

    assert response.headers["Cache-Control"] == "no-store"


def test_the_page_describes_itself(client: FlaskClient) -> None:
    """Search engines and messengers show the description below the title."""
    page = client.get("/").text

    [description] = re.findall(r'<meta name="description" content="([^"]*)">', page)
    assert 20 <= len(description) <= 160


def test_every_operation_has_a_name_a_description_and_a_group(client: FlaskClient) -> None:
    """Tools show the API's operations in groups, and generate a function from each name."""
    document = client.get("/openapi.json").get_json()

    operations = [
        operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    ]
    groups = {tag["name"] for tag in document["tags"]}
    assert len({operation["operationId"] for operation in operations}) == len(operations) > 10
    assert all(operation.get("description") for operation in operations)
    assert {tag for operation in operations for tag in operation.get("tags", [""])} == groups


def test_the_api_describes_itself(client: FlaskClient) -> None:
    """A person who finds the document alone learns what it is about, and whom to ask."""
    info = client.get("/openapi.json").get_json()["info"]

    assert info["description"]
    assert info["contact"]["name"]
