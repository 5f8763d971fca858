"""Requests that concern one todo."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.api_client import add_todo, json_of
from tests.support.factories import NOW

MAX_ID = 2**63 - 1


def test_adds_a_todo(ada: FlaskClient) -> None:
    """The answer has the URL of the new todo, which is on the list.

    Siblings: tests/unit/api/test_todos.py::test_adds_a_todo,
    tests/e2e/test_list.py::test_adds_a_todo.
    """
    response = ada.post("/api/todos", json={"title": "  Buy milk  ", "due": "2026-12-31"})

    added = json_of(response)
    assert response.status_code == 201
    assert response.location == added["url"]
    assert added["title"] == "Buy milk"
    assert added["due"] == "2026-12-31"
    assert json_of(ada.get("/api/todos")) == [added]


def test_finds_a_todo_at_its_url(ada: FlaskClient) -> None:
    """The field `url` is where the todo can be fetched."""
    added = add_todo(ada)

    response = ada.get(added["url"])

    assert json_of(response) == added


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Buy bread"},
        {"completed": True},
        {"order": -7},
        {"due": None},
        {"title": "Buy bread", "completed": True, "order": 3, "due": "2027-01-01"},
    ],
    ids=["title", "completed", "order", "due", "all"],
)
def test_changes_what_the_body_names(ada: FlaskClient, change: dict[str, object]) -> None:
    """Only the fields in the body change, and the time of the last change."""
    added = add_todo(ada, due="2026-12-31")

    changed = json_of(ada.patch(added["url"], json=change))

    assert changed == {**added, **change, "updated_at": changed["updated_at"]}


def test_deletes_a_todo(ada: FlaskClient) -> None:
    """The answer is empty, and the todo is no longer found."""
    added = add_todo(ada)

    response = ada.delete(added["url"])

    assert response.status_code == 204
    assert response.data == b""
    assert ada.get(added["url"]).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_hides_another_users_todo(ada: FlaskClient, bob: FlaskClient, method: str) -> None:
    """Another user's todo is answered like one that does not exist.

    Sibling: tests/e2e/test_list.py::test_hides_another_users_todo.
    """
    adas = add_todo(ada)
    body = {"title": "mine now"} if method == "PATCH" else None

    others, missing = (
        bob.open(f"/api/todos/{todo_id}", method=method, json=body)
        for todo_id in (adas["id"], MAX_ID)
    )

    assert others.status_code == 404
    assert json_of(others) == json_of(missing)
    assert json_of(ada.get(adas["url"])) == adas


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("todo_id", [str(MAX_ID), str(MAX_ID + 1), "9" * 20])
def test_finds_nothing_at_an_impossible_id(ada: FlaskClient, method: str, todo_id: str) -> None:
    """An id that PostgreSQL's 64 bits cannot hold is 404, like one that does not exist."""
    response = ada.open(f"/api/todos/{todo_id}", method=method, json={"completed": True})

    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


@pytest.mark.usefixtures("clock")
def test_marks_an_overdue_todo(ada: FlaskClient) -> None:
    """An open todo is overdue from the day after its due date.

    Siblings: tests/unit/api/test_todos.py::test_marks_an_overdue_todo,
    tests/e2e/test_due_dates.py::test_marks_an_overdue_todo.
    """
    today = NOW.date()

    added = [add_todo(ada, due=str(today - timedelta(days=days))) for days in (1, 0)]

    assert [todo["overdue"] for todo in added] == [True, False]
