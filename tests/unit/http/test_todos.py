"""The todo routes: what they ask of the store, and what they make of its answer."""

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app.domain.errors import StorageUnavailableError, UnknownUserError
from app.domain.live import Author
from app.http import make_flask
from app.http.parts import Parts, Site
from tests.builders import NOW
from tests.unit.builders import SITE_URL, USER_ID, a_todo

ADA = Author(USER_ID)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_adds_a_todo(client: FlaskClient, todos: Mock) -> None:
    """A todo that is posted is stored for the one who asks, with the time of the request.

    Siblings: tests/integration/test_todos_api.py::test_adds_a_todo,
    tests/e2e/test_list.py::test_adds_a_todo.
    """
    todos.add.return_value = a_todo(id=1)

    response = client.post("/api/todos", json={"title": "Buy milk"})

    assert HTTPStatus.CREATED == response.status_code
    todos.add.assert_called_once_with(ADA, {"title": "Buy milk"}, NOW)


def test_says_where_a_new_todo_is(client: FlaskClient, todos: Mock) -> None:
    """The answer to a new todo names its address, in the header as in the body."""
    todos.add.return_value = a_todo(id=5)

    response = client.post("/api/todos", json={"title": "Buy milk"})

    assert f"{SITE_URL}/api/todos/5" == response.headers["Location"] == response.get_json()["url"]


def test_trims_a_title(client: FlaskClient, todos: Mock) -> None:
    """Spaces at a title's ends are not stored."""
    todos.add.return_value = a_todo()

    client.post("/api/todos", json={"title": "\u2003 Buy milk\n"})

    todos.add.assert_called_once_with(ADA, {"title": "Buy milk"}, NOW)


def test_shows_a_todo(client: FlaskClient, todos: Mock) -> None:
    """A todo is shown with its absolute address and its times in ISO 8601."""
    todos.get.return_value = a_todo(id=3, due=date(2026, 12, 31))

    response = client.get("/api/todos/3")

    assert {
        "id": 3,
        "url": f"{SITE_URL}/api/todos/3",
        "title": "Buy milk",
        "completed": False,
        "order": 1,
        "due": "2026-12-31",
        "overdue": False,
        "created_at": "2026-03-14T15:09:26+00:00",
        "updated_at": "2026-03-14T15:09:26+00:00",
    } == response.get_json()


def test_marks_an_overdue_todo(client: FlaskClient, todos: Mock) -> None:
    """An open todo is shown as overdue once its day is over where the service is at home.

    Siblings: tests/integration/test_todos_api.py::test_marks_an_overdue_todo,
    tests/e2e/test_due_dates.py::test_marks_an_overdue_todo.
    """
    todos.list.return_value = [a_todo(due=NOW.date() - timedelta(days=1)), a_todo(due=NOW.date())]

    shown = client.get("/api/todos").get_json()

    assert [True, False] == [todo["overdue"] for todo in shown]


def test_goes_by_the_calendar_of_its_time_zone(parts: Parts, site: Site, todos: Mock) -> None:
    """A day is over earlier in the east: there the same todo is overdue at the same moment."""
    east = replace(site, timezone=ZoneInfo("Pacific/Kiritimati"))
    client = make_flask(parts, east).test_client()
    todos.get.return_value = a_todo(due=NOW.date())

    shown = client.get("/api/todos/1", headers={"Authorization": "Bearer a.valid.token"})

    assert shown.get_json()["overdue"]


@pytest.mark.parametrize(
    ("query", "completed"), [("", None), ("?completed=true", True), ("?completed=false", False)]
)
def test_lists_what_the_query_asks_for(
    query: str, completed: bool | None, client: FlaskClient, todos: Mock
) -> None:
    """The list can be all todos, the done ones or the open ones."""
    todos.list.return_value = []

    client.get(f"/api/todos{query}")

    todos.list.assert_called_once_with(USER_ID, completed=completed)


@pytest.mark.parametrize(
    "query", ["complete=true", "completed=yes", "completed=", "completed=true&completed=false"]
)
def test_deletes_nothing_on_a_query_it_does_not_know(
    query: str, client: FlaskClient, todos: Mock
) -> None:
    """A misspelt query is refused: without it the call would delete all."""
    response = client.delete(f"/api/todos?{query}")

    assert HTTPStatus.UNPROCESSABLE_ENTITY == response.status_code
    todos.delete_all.assert_not_called()


def test_changes_only_what_the_body_names(client: FlaskClient, todos: Mock) -> None:
    """A due date of null is handed on, so that the date is cleared; absent fields are not."""
    todos.change.return_value = a_todo()

    client.patch("/api/todos/3", json={"due": None, "title": " Buy bread "})

    todos.change.assert_called_once_with(ADA, 3, {"due": None, "title": "Buy bread"}, NOW)


def test_hands_a_date_on_as_a_date(client: FlaskClient, todos: Mock) -> None:
    """The store gets a date, not a text that looks like one."""
    todos.change.return_value = a_todo()

    client.patch("/api/todos/3", json={"due": "2026-12-31"})

    todos.change.assert_called_once_with(ADA, 3, {"due": date(2026, 12, 31)}, NOW)


def test_marks_all_as_done(client: FlaskClient, todos: Mock) -> None:
    """One call marks every todo and answers the list."""
    todos.change_all.return_value = [a_todo(id=1), a_todo(id=2)]

    response = client.patch("/api/todos", json={"completed": True})

    assert [1, 2] == [todo["id"] for todo in response.get_json()]
    todos.change_all.assert_called_once_with(ADA, completed=True, now=NOW)


def test_picks_among_the_open_todos(client: FlaskClient, todos: Mock) -> None:
    """The todo to pick comes from the open ones alone."""
    todos.list.return_value = [a_todo(id=5)]

    response = client.get("/api/todos/pick")

    assert 5 == response.get_json()["id"]
    todos.list.assert_called_once_with(USER_ID, completed=False)


def test_picks_nothing_when_all_is_done(client: FlaskClient, todos: Mock) -> None:
    """Without an open todo there is nothing to pick."""
    todos.list.return_value = []

    assert HTTPStatus.NOT_FOUND == client.get("/api/todos/pick").status_code


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_what_the_store_does_not_find_is_404(method: str, client: FlaskClient, todos: Mock) -> None:
    """A todo that is not there, or not the asker's, is not found, whatever is asked of it."""
    todos.get.return_value = todos.change.return_value = None
    todos.delete.return_value = False

    response = client.open("/api/todos/3", method=method, json={"completed": True})

    assert HTTPStatus.NOT_FOUND == response.status_code


@pytest.mark.parametrize("todo_id", ["0", "-1", "1.0", "abc", "007", "٣", "9" * 20, "1%00"])
def test_a_malformed_id_is_404(todo_id: str, client: FlaskClient, todos: Mock) -> None:
    """An id that none of ours can be is not found, and the store is not asked."""
    response = client.get(f"/api/todos/{todo_id}")

    assert HTTPStatus.NOT_FOUND == response.status_code
    todos.get.assert_not_called()


def test_the_token_of_a_vanished_account_is_refused(client: FlaskClient, todos: Mock) -> None:
    """A valid token whose account is gone cannot write."""
    todos.add.side_effect = UnknownUserError

    response = client.post("/api/todos", json={"title": "Buy milk"})

    assert HTTPStatus.UNAUTHORIZED == response.status_code


def test_says_when_to_try_again_while_the_database_is_away(
    client: FlaskClient, todos: Mock
) -> None:
    """Without the database the answer is 503 and a time to wait."""
    todos.list.side_effect = StorageUnavailableError

    response = client.get("/api/todos")

    assert HTTPStatus.SERVICE_UNAVAILABLE == response.status_code
    assert int(response.headers["Retry-After"]) > 0
