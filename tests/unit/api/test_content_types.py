"""Which media types of a body are JSON."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from tests.support.factories import make_todo

BODY = '{"title": "Buy milk"}'


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON",
    ],
)
def test_reads_json_however_its_type_is_written(
    content_type: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """A media type is case-insensitive, and some libraries add parameters to it."""
    mocker.patch.object(TodoRepository, "add", autospec=True, return_value=make_todo())

    response = api_client.post("/api/todos", data=BODY, content_type=content_type)

    assert response.status_code == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_refuses_what_is_not_declared_as_json(content_type: str, api_client: FlaskClient) -> None:
    """An HTML form on another site can send JSON, but not under the media type of JSON."""
    response = api_client.post("/api/todos", data=BODY, content_type=content_type)

    assert response.status_code == 415
