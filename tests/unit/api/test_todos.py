"""Adding and showing todos: what the API passes to the store, and what it makes of the result."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.api import make_flask
from app.domain.live import Author
from tests.support.factories import (
    NOW,
    USER_ID,
    make_dependencies,
    make_site_config,
    make_todo,
)

ADA = Author(USER_ID)
pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_adds_a_todo(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """A todo is stored for the user of the token, with the time of the request.

    Siblings: tests/integration/api/test_todos.py::test_adds_a_todo,
    tests/e2e/test_list.py::test_adds_a_todo.
    """
    add = mocker.patch.object(TodoRepository, "add", autospec=True, return_value=make_todo())

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.status_code == 201
    add.assert_called_once_with(mocker.ANY, ADA, {"title": "Buy milk"}, NOW)


def test_says_where_a_new_todo_is(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """The Location header and the body name the same absolute URL."""
    mocker.patch.object(TodoRepository, "add", autospec=True, return_value=make_todo(id=5))

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.headers["Location"] == "http://localhost/api/todos/5"
    assert response.get_json()["url"] == "http://localhost/api/todos/5"


def test_trims_a_title(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """Whitespace around a title is not stored, whichever Unicode character it is."""
    add = mocker.patch.object(TodoRepository, "add", autospec=True, return_value=make_todo())

    api_client.post("/api/todos", json={"title": "\u2003 Buy milk\n"})

    add.assert_called_once_with(mocker.ANY, ADA, {"title": "Buy milk"}, NOW)


def test_shows_a_todo(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """A todo has an absolute URL, and its dates and times are in ISO 8601."""
    todo = make_todo(id=3, due=date(2026, 12, 31), updated_at=NOW + timedelta(days=1))
    mocker.patch.object(TodoRepository, "get", autospec=True, return_value=todo)

    response = api_client.get("/api/todos/3")

    assert response.get_json() == {
        "id": 3,
        "url": "http://localhost/api/todos/3",
        "title": "Buy milk",
        "completed": False,
        "order": 1,
        "due": "2026-12-31",
        "overdue": False,
        "created_at": "2026-03-14T15:09:26+00:00",
        "updated_at": "2026-03-15T15:09:26+00:00",
    }


def test_a_todo_begins_with_its_id(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """JSON objects have no order; this one is for people who read a response in a terminal."""
    mocker.patch.object(TodoRepository, "get", autospec=True, return_value=make_todo(id=3))

    response = api_client.get("/api/todos/3")

    assert response.text.startswith('{"id":3,')


def test_marks_an_overdue_todo(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """An open todo that was due yesterday is overdue, and one that is due today is not.

    Siblings: tests/integration/api/test_todos.py::test_marks_an_overdue_todo,
    tests/e2e/test_due_dates.py::test_marks_an_overdue_todo.
    """
    todos = [make_todo(due=date(2026, 3, 13)), make_todo(due=date(2026, 3, 14))]
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=todos)

    shown = api_client.get("/api/todos").get_json()

    assert [todo["overdue"] for todo in shown] == [True, False]


def test_a_day_ends_by_the_calendar_of_the_time_zone(token: str, mocker: MockerFixture) -> None:
    """On Kiritimati (UTC+14) it is already tomorrow, so a todo that was due today is overdue."""
    todo = make_todo(due=date(2026, 3, 14))
    mocker.patch.object(TodoRepository, "get", autospec=True, return_value=todo)
    site = make_site_config(timezone=ZoneInfo("Pacific/Kiritimati"))
    client = make_flask(make_dependencies(site=site)).test_client()

    shown = client.get("/api/todos/1", headers={"Authorization": f"Bearer {token}"})

    assert shown.get_json()["overdue"] is True


def test_picks_one_of_the_open_todos(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """The store is asked for open todos only, so a completed one is never picked."""
    todos = [make_todo(id=5)]
    list_ = mocker.patch.object(TodoRepository, "list", autospec=True, return_value=todos)

    response = api_client.get("/api/todos/pick")

    assert response.get_json()["id"] == 5
    list_.assert_called_once_with(mocker.ANY, USER_ID, completed=False)


def test_picks_at_random(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """Both todos are picked within 40 attempts, except in one of 10**11 runs."""
    todos = [make_todo(id=5), make_todo(id=6)]
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=todos)

    picked = {api_client.get("/api/todos/pick").get_json()["id"] for _ in range(40)}

    assert picked == {5, 6}


def test_picks_nothing_when_all_is_done(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """Without an open todo there is nothing to pick.

    Sibling: tests/integration/api/test_lists.py::test_picks_nothing_when_all_is_done.
    """
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    response = api_client.get("/api/todos/pick")

    assert response.status_code == 404
