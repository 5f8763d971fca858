"""Requests to /api/todos that concern the whole list."""

import pytest
from flask.testing import FlaskClient

from tests.support.api_client import add_todo, json_of


def titles_of(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles of the user's todos."""
    return [todo["title"] for todo in json_of(client.get(f"/api/todos{query}"))]


def test_a_new_account_has_an_empty_list(ada: FlaskClient) -> None:
    """An empty list is 200 with [], not 404."""
    response = ada.get("/api/todos")

    assert response.status_code == 200
    assert json_of(response) == []


@pytest.mark.parametrize(
    ("query", "titles"), [("?completed=true", ["done"]), ("?completed=false", ["open"])], ids=str
)
def test_filters_the_list(ada: FlaskClient, query: str, titles: list[str]) -> None:
    """The query `completed` selects the completed or the open todos."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    found = titles_of(ada, query)

    assert found == titles


@pytest.mark.parametrize(
    "query", ["complete=true", "completed=yes", "completed=", "completed=true&completed=true"]
)
def test_refuses_a_misspelt_filter(ada: FlaskClient, query: str) -> None:
    """Without this check a misspelt filter would delete every todo."""
    add_todo(ada, "kept", completed=True)

    response = ada.delete(f"/api/todos?{query}")

    assert response.status_code == 422
    assert titles_of(ada) == ["kept"]


@pytest.mark.parametrize("completed", [True, False])
def test_marks_all(ada: FlaskClient, *, completed: bool) -> None:
    """Marking all changes every todo and answers with the whole list."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    marked = json_of(ada.patch("/api/todos", json={"completed": completed}))

    assert [todo["title"] for todo in marked] == ["done", "open"]
    assert {todo["completed"] for todo in marked} == {completed}


@pytest.mark.parametrize(
    ("query", "left"), [("", []), ("?completed=true", ["open"])], ids=["all", "done"]
)
def test_deletes_many(ada: FlaskClient, query: str, left: list[str]) -> None:
    """DELETE without a query deletes the whole list, with `completed=true` the completed todos."""
    add_todo(ada, "done", completed=True)
    add_todo(ada, "open")

    response = ada.delete(f"/api/todos{query}")

    assert response.status_code == 204
    assert titles_of(ada) == left


def test_picks_an_open_todo(ada: FlaskClient) -> None:
    """A completed todo is never picked.

    Sibling: tests/e2e/test_due_dates.py::test_picks_an_open_todo.
    """
    add_todo(ada, "done", completed=True)
    still_open = add_todo(ada, "open")

    picked = json_of(ada.get("/api/todos/pick"))

    assert picked == still_open


def test_picks_nothing_when_all_is_done(ada: FlaskClient) -> None:
    """When every todo is completed, the answer is 404.

    Sibling: tests/unit/api/test_todos.py::test_picks_nothing_when_all_is_done.
    """
    add_todo(ada, "done", completed=True)

    response = ada.get("/api/todos/pick")

    assert response.status_code == 404
