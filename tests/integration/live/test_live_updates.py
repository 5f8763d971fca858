"""Live updates: a commit, PostgreSQL's notification, the socket of an open page.

What is news and what is not: test_notifications.py.
"""

from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import TupleRow

from app.adapters.database import Database
from tests.support.api_client import add_todo, json_of
from tests.support.live_service import Service, serve

WRITER, LATER = {"X-Page-Id": "writer"}, {"X-Page-Id": "later"}
# Set-up that tells nobody: only the service's own statements notify.
INSERT = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    VALUES (%s, 'Buy milk', true, 1, now(), now()) RETURNING id
"""


@pytest.fixture(scope="module")
def service(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return a service that listens."""
    with serve(migrated_url, database) as service:
        yield service


@pytest.fixture
def adas_user_id(ada: FlaskClient) -> int:
    """Return the id of Ada's account."""
    return int(json_of(ada.get("/api/users/me"))["id"])


@pytest.fixture
def done_todo_id(adas_user_id: int, db: psycopg.Connection[TupleRow]) -> int:
    """Return the id of a todo that Ada has done."""
    [todo_id] = db.execute(INSERT, [adas_user_id]).fetchone() or [0]
    return int(todo_id)


def test_tells_of_a_committed_change(service: Service, ada: FlaskClient) -> None:
    """A page learns at once that another page of the same person changed something.

    Siblings: tests/unit/adapters/test_live.py::test_tells_of_a_committed_change,
    tests/e2e/test_live.py::test_tells_of_a_committed_change.
    """
    page = service.open_page(ada, "reader")

    ada.post("/api/todos", json={"title": "Buy milk"}, headers=WRITER)

    assert page.next_news() == "writer"


@pytest.mark.parametrize(
    "request_line",
    [
        "PATCH /api/todos/{id}",
        "PATCH /api/todos",
        "DELETE /api/todos/{id}",
        "DELETE /api/todos",
        "DELETE /api/todos?completed=true",
    ],
)
def test_tells_of_every_kind_of_write(
    request_line: str, service: Service, ada: FlaskClient, done_todo_id: int
) -> None:
    """Whatever a person does to a todo, their open pages learn it."""
    page = service.open_page(ada)
    method, path = request_line.format(id=done_todo_id).split()

    ada.open(path, method=method, json={"completed": True}, headers=WRITER)

    assert page.next_news() == "writer"


def test_keeps_changes_from_strangers(service: Service, ada: FlaskClient, bob: FlaskClient) -> None:
    """Another person's page hears of its own person's changes alone.

    Sibling: tests/unit/adapters/test_live.py::test_tells_a_stranger_nothing.
    """
    bobs_page = service.open_page(bob)
    ada.post("/api/todos", json={"title": "Buy milk"}, headers=WRITER)

    bob.post("/api/todos", json={"title": "Buy bread"}, headers=LATER)

    assert bobs_page.next_news() == "later"


def test_leaves_a_program_unnamed(service: Service, ada: FlaskClient) -> None:
    """Who writes without a page's id is nobody, so every page looks for itself."""
    page = service.open_page(ada)

    add_todo(ada)

    assert page.next_news() == ""
