"""Changing and deleting todos."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.domain.errors import UnknownUserError
from app.domain.live import Author
from tests.support.factories import NOW, USER_ID, make_todo

ADA = Author(USER_ID)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_changes_only_what_the_body_names(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """A due date of null clears the date, while a field that is absent stays as it is."""
    change = mocker.patch.object(TodoRepository, "change", autospec=True, return_value=make_todo())

    api_client.patch("/api/todos/3", json={"due": None, "title": " Buy bread "})

    changes = {"due": None, "title": "Buy bread"}
    change.assert_called_once_with(mocker.ANY, ADA, 3, changes, NOW)


def test_hands_a_date_on_as_a_date(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """JSON has no dates, so the API converts the string before the store gets it."""
    change = mocker.patch.object(TodoRepository, "change", autospec=True, return_value=make_todo())

    api_client.patch("/api/todos/3", json={"due": "2026-12-31"})

    change.assert_called_once_with(mocker.ANY, ADA, 3, {"due": date(2026, 12, 31)}, NOW)


def test_marks_all_as_done(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """One call marks every todo and returns the list, so the page needs no second request."""
    todos = [make_todo(id=1), make_todo(id=2)]
    change_all = mocker.patch.object(
        TodoRepository, "change_all", autospec=True, return_value=todos
    )

    response = api_client.patch("/api/todos", json={"completed": True})

    assert [todo["id"] for todo in response.get_json()] == [1, 2]
    change_all.assert_called_once_with(mocker.ANY, ADA, completed=True, now=NOW)


def test_a_change_names_at_least_one_field(api_client: FlaskClient) -> None:
    """An empty change is a mistake of the client, and would not be valid SQL either."""
    response = api_client.patch("/api/todos/1", json={})

    assert response.status_code == 422


def test_a_deletion_is_answered_without_a_body(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """There is nothing left to show, so the status is 204 rather than 200."""
    delete = mocker.patch.object(TodoRepository, "delete", autospec=True, return_value=True)

    response = api_client.delete("/api/todos/3")

    assert response.status_code == 204
    delete.assert_called_once_with(mocker.ANY, ADA, 3)


@pytest.mark.parametrize(
    ("method", "in_store", "nothing"),
    [("GET", "get", None), ("PATCH", "change", None), ("DELETE", "delete", False)],
    ids=["GET", "PATCH", "DELETE"],
)
def test_what_the_store_does_not_find_is_404(
    method: str,
    in_store: str,
    nothing: object,
    api_client: FlaskClient,
    mocker: MockerFixture,
) -> None:
    """The store finds no todo of another user, so the API does not reveal that it exists."""
    mocker.patch.object(TodoRepository, in_store, autospec=True, return_value=nothing)

    response = api_client.open("/api/todos/3", method=method, json={"completed": True})

    assert response.status_code == 404


@pytest.mark.parametrize("todo_id", ["0", "-1", "1.0", "abc", "007", "٣", "9" * 20, "1%00"])
def test_a_malformed_id_is_404(
    todo_id: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Only ids in canonical form reach the store; the others are 404 like any unknown id."""
    get = mocker.patch.object(TodoRepository, "get", autospec=True)

    response = api_client.get(f"/api/todos/{todo_id}")

    assert response.status_code == 404
    get.assert_not_called()


def test_a_deleted_account_cannot_add_a_todo(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """A token stays valid until it expires, so the store notices that the account is gone."""
    mocker.patch.object(TodoRepository, "add", autospec=True, side_effect=UnknownUserError)

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.status_code == 401
