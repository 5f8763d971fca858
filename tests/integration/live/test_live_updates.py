"""Live updates: from a commit by PostgreSQL's notification to the WebSocket of an open page.

Which statements notify: tests/integration/database/test_notifications.py.
"""

from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import TupleRow

from app.adapters.database import Database
from tests.support.api_client import add_todo, json_of
from tests.support.live_server import LiveServer, live_server

WRITER, LATER = {"X-Page-Id": "writer"}, {"X-Page-Id": "later"}
# This statement does not notify: only the service's own statements do.
INSERT = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    VALUES (%s, 'Buy milk', true, 1, now(), now()) RETURNING id
"""


@pytest.fixture(scope="module")
def server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Start one server for the whole file: each test opens pages of its own users."""
    with live_server(migrated_url, database) as server:
        yield server


@pytest.fixture
def adas_user_id(ada: FlaskClient) -> int:
    """Ask the service for the id of Ada's account."""
    return int(json_of(ada.get("/api/users/me"))["id"])


@pytest.fixture
def done_todo_id(adas_user_id: int, db: psycopg.Connection[TupleRow]) -> int:
    """Insert a completed todo without a notification."""
    [todo_id] = db.execute(INSERT, [adas_user_id]).fetchone() or [0]
    return int(todo_id)


def test_tells_of_a_committed_change(server: LiveServer, ada: FlaskClient) -> None:
    """An open page receives the id of the page of the same user that changed something.

    Siblings: tests/unit/adapters/test_live.py::test_tells_of_a_committed_change,
    tests/e2e/test_live.py::test_tells_of_a_committed_change.
    """
    page = server.open_page(ada, "reader")

    ada.post("/api/todos", json={"title": "Buy milk"}, headers=WRITER)

    assert page.next_update() == "writer"


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
def test_tells_of_every_write(
    request_line: str, server: LiveServer, ada: FlaskClient, done_todo_id: int
) -> None:
    """Every route that changes todos notifies the open pages of their owner."""
    page = server.open_page(ada)
    method, path = request_line.format(id=done_todo_id).split()

    ada.open(path, method=method, json={"completed": True}, headers=WRITER)

    assert page.next_update() == "writer"


def test_tells_other_users_nothing(server: LiveServer, ada: FlaskClient, bob: FlaskClient) -> None:
    """A page receives the changes of its own user and of nobody else.

    Sibling: tests/unit/adapters/test_live.py::test_tells_other_users_nothing.
    """
    bobs_page = server.open_page(bob)
    ada.post("/api/todos", json={"title": "Buy milk"}, headers=WRITER)

    bob.post("/api/todos", json={"title": "Buy bread"}, headers=LATER)

    assert bobs_page.next_update() == "later"


def test_names_no_page_when_a_program_writes(server: LiveServer, ada: FlaskClient) -> None:
    """A write without a page id is announced with an empty one, so that every page fetches."""
    page = server.open_page(ada)

    add_todo(ada)

    assert page.next_update() == ""
