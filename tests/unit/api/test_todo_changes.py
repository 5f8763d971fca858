"""Changing and deleting todos: what is asked of the store, and what it cannot do."""

from datetime import date
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import StorageUnavailableError, UnknownUserError
from app.domain.live import Author
from tests.support.factories import NOW
from tests.support.unit_factories import USER_ID, make_todo

ADA = Author(USER_ID)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_changes_only_what_the_body_names(api_client: FlaskClient, todos: Mock) -> None:
    """A due date of null is handed on, so that the date is cleared; absent fields are not."""
    todos.change.return_value = make_todo()

    api_client.patch("/api/todos/3", json={"due": None, "title": " Buy bread "})

    todos.change.assert_called_once_with(ADA, 3, {"due": None, "title": "Buy bread"}, NOW)


def test_hands_a_date_on_as_a_date(api_client: FlaskClient, todos: Mock) -> None:
    """The store gets a date, not a text that looks like one."""
    todos.change.return_value = make_todo()

    api_client.patch("/api/todos/3", json={"due": "2026-12-31"})

    todos.change.assert_called_once_with(ADA, 3, {"due": date(2026, 12, 31)}, NOW)


def test_marks_all_as_done(api_client: FlaskClient, todos: Mock) -> None:
    """One call marks every todo and answers the list."""
    todos.change_all.return_value = [make_todo(id=1), make_todo(id=2)]

    response = api_client.patch("/api/todos", json={"completed": True})

    assert [todo["id"] for todo in response.get_json()] == [1, 2]
    todos.change_all.assert_called_once_with(ADA, completed=True, now=NOW)


def test_a_change_names_at_least_one_field(api_client: FlaskClient) -> None:
    """A change of nothing is refused: it is a mistake of whoever sends it."""
    response = api_client.patch("/api/todos/1", json={})

    assert response.status_code == 422


@pytest.mark.parametrize(
    "query", ["complete=true", "completed=yes", "completed=", "completed=true&completed=false"]
)
def test_deletes_nothing_on_a_query_it_does_not_know(
    query: str, api_client: FlaskClient, todos: Mock
) -> None:
    """A misspelt query is refused: without it the call would delete all."""
    response = api_client.delete(f"/api/todos?{query}")

    assert response.status_code == 422
    todos.delete_all.assert_not_called()


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_what_the_store_does_not_find_is_404(
    method: str, api_client: FlaskClient, todos: Mock
) -> None:
    """A todo that is not there, or not the asker's, is not found, whatever is asked of it."""
    todos.get.return_value = todos.change.return_value = None
    todos.delete.return_value = False

    response = api_client.open("/api/todos/3", method=method, json={"completed": True})

    assert response.status_code == 404


@pytest.mark.parametrize("todo_id", ["0", "-1", "1.0", "abc", "007", "٣", "9" * 20, "1%00"])
def test_a_malformed_id_is_404(todo_id: str, api_client: FlaskClient, todos: Mock) -> None:
    """An id that none of ours can be is not found, and the store is not asked."""
    response = api_client.get(f"/api/todos/{todo_id}")

    assert response.status_code == 404
    todos.get.assert_not_called()


def test_the_token_of_a_vanished_account_is_refused(api_client: FlaskClient, todos: Mock) -> None:
    """A valid token whose account is gone cannot write."""
    todos.add.side_effect = UnknownUserError

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.status_code == 401


def test_says_when_to_try_again_while_the_database_is_away(
    api_client: FlaskClient, todos: Mock
) -> None:
    """Without the database the answer is 503 and a time to wait."""
    todos.list.side_effect = StorageUnavailableError

    response = api_client.get("/api/todos")

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_logs_that_the_database_is_away(
    api_client: FlaskClient, todos: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs the service learns from the log why it refused."""
    todos.list.side_effect = StorageUnavailableError("connection refused")

    api_client.get("/api/todos")

    assert caplog.messages == ["unavailable: StorageUnavailableError connection refused"]
