"""The todo routes: what they ask of the store, and what they make of its answer."""

from collections.abc import Callable
from datetime import date, timedelta
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.domain.live import Author
from tests.support.factories import NOW
from tests.support.unit_factories import SITE_URL, USER_ID, make_todo

ADA = Author(USER_ID)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_adds_a_todo(api_client: FlaskClient, todos: Mock) -> None:
    """A todo that is posted is stored for the one who asks, with the time of the request.

    Siblings: tests/integration/api/test_todos.py::test_adds_a_todo,
    tests/e2e/test_list.py::test_adds_a_todo.
    """
    todos.add.return_value = make_todo(id=1)

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.status_code == 201
    todos.add.assert_called_once_with(ADA, {"title": "Buy milk"}, NOW)


def test_says_where_a_new_todo_is(api_client: FlaskClient, todos: Mock) -> None:
    """The answer to a new todo names its address, in the header as in the body."""
    todos.add.return_value = make_todo(id=5)

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert f"{SITE_URL}/api/todos/5" == response.headers["Location"] == response.get_json()["url"]


def test_trims_a_title(api_client: FlaskClient, todos: Mock) -> None:
    """Spaces at a title's ends are not stored."""
    todos.add.return_value = make_todo()

    api_client.post("/api/todos", json={"title": "\u2003 Buy milk\n"})

    todos.add.assert_called_once_with(ADA, {"title": "Buy milk"}, NOW)


def test_shows_a_todo(api_client: FlaskClient, todos: Mock) -> None:
    """A todo is shown with its absolute address and its times in ISO 8601."""
    todos.get.return_value = make_todo(
        id=3, due=date(2026, 12, 31), updated_at=NOW + timedelta(days=1)
    )

    response = api_client.get("/api/todos/3")

    assert response.get_json() == {
        "id": 3,
        "url": f"{SITE_URL}/api/todos/3",
        "title": "Buy milk",
        "completed": False,
        "order": 1,
        "due": "2026-12-31",
        "overdue": False,
        "created_at": "2026-03-14T15:09:26+00:00",
        "updated_at": "2026-03-15T15:09:26+00:00",
    }


def test_a_todo_begins_with_its_id(api_client: FlaskClient, todos: Mock) -> None:
    """Whoever reads an answer sees first which todo it is. Programs are promised no order."""
    todos.get.return_value = make_todo(id=3)

    response = api_client.get("/api/todos/3")

    assert next(iter(response.get_json().items())) == ("id", 3)


def test_marks_an_overdue_todo(api_client: FlaskClient, todos: Mock) -> None:
    """An open todo is shown as overdue once its day is over where the service is at home.

    Siblings: tests/integration/api/test_todos.py::test_marks_an_overdue_todo,
    tests/e2e/test_due_dates.py::test_marks_an_overdue_todo.
    """
    todos.list.return_value = [
        make_todo(due=NOW.date() - timedelta(days=1)),
        make_todo(due=NOW.date()),
    ]

    shown = api_client.get("/api/todos").get_json()

    assert [todo["overdue"] for todo in shown] == [True, False]


def test_goes_by_the_calendar_of_its_time_zone(
    client_for: Callable[..., FlaskClient], todos: Mock
) -> None:
    """A day is over earlier in the east: there the same todo is overdue at the same moment."""
    api_client = client_for(timezone=ZoneInfo("Pacific/Kiritimati"))
    todos.get.return_value = make_todo(due=NOW.date())

    shown = api_client.get("/api/todos/1", headers={"Authorization": "Bearer a.valid.token"})

    assert shown.get_json()["overdue"]


@pytest.mark.parametrize(
    ("query", "completed"), [("", None), ("?completed=true", True), ("?completed=false", False)]
)
def test_lists_what_the_query_asks_for(
    query: str, completed: bool | None, api_client: FlaskClient, todos: Mock
) -> None:
    """The list can be all todos, the done ones or the open ones."""
    api_client.get(f"/api/todos{query}")

    todos.list.assert_called_once_with(USER_ID, completed=completed)


def test_picks_among_the_open_todos(api_client: FlaskClient, todos: Mock) -> None:
    """The todo to pick comes from the open ones alone."""
    todos.list.return_value = [make_todo(id=5)]

    response = api_client.get("/api/todos/pick")

    assert response.get_json()["id"] == 5
    todos.list.assert_called_once_with(USER_ID, completed=False)


def test_picks_what_chance_chooses(
    api_client: FlaskClient, todos: Mock, mocker: MockerFixture
) -> None:
    """Which of the open todos is picked is left to chance, of which each has the same."""
    todos.list.return_value = [make_todo(id=5), make_todo(id=6), make_todo(id=7)]
    mocker.patch("random.choice", autospec=True, side_effect=lambda todos: todos[1])

    response = api_client.get("/api/todos/pick")

    assert response.get_json()["id"] == 6


def test_picks_nothing_when_all_is_done(api_client: FlaskClient, todos: Mock) -> None:
    """Without an open todo there is nothing to pick.

    Sibling: tests/integration/api/test_lists.py::test_picks_nothing_when_all_is_done.
    """
    todos.list.return_value = []

    assert api_client.get("/api/todos/pick").status_code == 404
