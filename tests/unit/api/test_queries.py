"""The query parameter of a list and of a deletion."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.domain.live import Author
from tests.support.factories import USER_ID


@pytest.mark.parametrize(
    ("query", "completed"), [("", None), ("?completed=true", True), ("?completed=false", False)]
)
def test_lists_what_the_query_selects(
    query: str, completed: bool | None, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The store filters, so that it reads no more rows than the query selects."""
    todos = mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    api_client.get(f"/api/todos{query}")

    todos.assert_called_once_with(mocker.ANY, USER_ID, completed=completed)


@pytest.mark.parametrize(
    ("query", "completed"), [("", None), ("?completed=true", True), ("?completed=false", False)]
)
def test_deletes_what_the_query_selects(
    query: str, completed: bool | None, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Without a query all todos are deleted, so the filter must not get lost on its way."""
    delete_all = mocker.patch.object(TodoRepository, "delete_all", autospec=True)

    api_client.delete(f"/api/todos{query}")

    delete_all.assert_called_once_with(mocker.ANY, Author(USER_ID), completed=completed)


@pytest.mark.parametrize(
    "query", ["complete=true", "completed=yes", "completed=", "completed=true&completed=false"]
)
def test_deletes_nothing_on_a_query_it_does_not_know(
    query: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """A misspelt query is rejected: if it were ignored, the request would delete all todos."""
    delete_all = mocker.patch.object(TodoRepository, "delete_all", autospec=True)

    response = api_client.delete(f"/api/todos?{query}")

    assert response.status_code == 422
    delete_all.assert_not_called()
