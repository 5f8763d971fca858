"""Which names of a body's type are JSON, and which are not."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from tests.support.unit_factories import make_todo

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
    content_type: str, api_client: FlaskClient, todos: Mock
) -> None:
    """A media type has no case, and may have parameters, which some libraries add by themselves."""
    todos.add.return_value = make_todo()

    response = api_client.post("/api/todos", data=BODY, content_type=content_type)

    assert response.status_code == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_refuses_what_is_not_declared_as_json(content_type: str, api_client: FlaskClient) -> None:
    """JSON under another name is not read: it is what a foreign form can send."""
    response = api_client.post("/api/todos", data=BODY, content_type=content_type)

    assert response.status_code == 415
