"""Whole lists of todos over the API."""

import pytest
from flask.testing import FlaskClient

from tests.support.api_client import add_todo, json_of


def titles_of(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles of the client's list."""
    return [todo["title"] for todo in json_of(client.get(f"/api/todos{query}"))]


def test_is_empty_at_first(ada: FlaskClient) -> None:
    """A new account has an empty list."""
    response = ada.get("/api/todos")

    assert response.status_code == 200
    assert json_of(response) == []


def test_lists_by_order(ada: FlaskClient) -> None:
    """The list goes by order, not by when a todo was added."""
    add_todo(ada, "second", order=2)
    add_todo(ada, "first", order=1)

    titles = titles_of(ada)

    assert titles == ["first", "second"]


@pytest.mark.parametrize(
    ("query", "titles"), [("?completed=true", ["done"]), ("?completed=false", ["open"])], ids=str
)
def test_filters_the_list(ada: FlaskClient, query: str, titles: list[str]) -> None:
    """The done ones or the open ones can be asked for."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    found = titles_of(ada, query)

    assert found == titles


@pytest.mark.parametrize(
    "query", ["complete=true", "completed=yes", "completed=", "completed=true&completed=true"]
)
def test_refuses_a_misspelt_query(ada: FlaskClient, query: str) -> None:
    """A misspelt filter deletes nothing, where none at all would delete everything."""
    add_todo(ada, "kept", completed=True)

    response = ada.delete(f"/api/todos?{query}")

    assert response.status_code == 422
    assert titles_of(ada) == ["kept"]


@pytest.mark.parametrize("completed", [True, False])
def test_marks_all(ada: FlaskClient, *, completed: bool) -> None:
    """Marking all answers the list, every todo of it done or open."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    marked = json_of(ada.patch("/api/todos", json={"completed": completed}))

    assert [(todo["title"], todo["completed"]) for todo in marked] == [
        ("done", completed),
        ("open", completed),
    ]


@pytest.mark.parametrize(
    ("query", "left"), [("", []), ("?completed=true", ["open"])], ids=["all", "done"]
)
def test_deletes_many(ada: FlaskClient, query: str, left: list[str]) -> None:
    """All todos can be deleted at once, or the done ones."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    response = ada.delete(f"/api/todos{query}")

    assert response.status_code == 204
    assert titles_of(ada) == left


def test_picks_an_open_todo(ada: FlaskClient) -> None:
    """What is picked is open.

    Sibling: tests/e2e/test_due_dates.py::test_picks_an_open_todo.
    """
    add_todo(ada, "done", completed=True)
    still_open = add_todo(ada, "open")

    picked = json_of(ada.get("/api/todos/pick"))

    assert picked == still_open


def test_picks_nothing_when_all_is_done(ada: FlaskClient) -> None:
    """Without an open todo there is nothing to pick.

    Sibling: tests/unit/api/test_todos.py::test_picks_nothing_when_all_is_done.
    """
    add_todo(ada, "done", completed=True)

    response = ada.get("/api/todos/pick")

    assert response.status_code == 404
