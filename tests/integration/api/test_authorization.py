"""Who may ask for what: every address, asked by nobody, with an expired token, and by a stranger.

That nobody is refused is a rule of HTTP, tried in tests/unit/api/test_auth.py too; here the
whole table stands together, and what was refused is seen to have changed nothing.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.api_client import add_todo, json_of, make_token, with_token

# The answer to somebody without a token, with one of the owner's that has expired, and to another
# person. Addresses with three equal answers are public: whatever they look at, it is not the token.
ANSWERS = {
    "GET /": (200, 200, 200),
    "GET /healthz": (200, 200, 200),
    "GET /openapi.json": (200, 200, 200),
    "GET /readyz": (200, 200, 200),
    "GET /static/<path:filename>": (200, 200, 200),
    "POST /api/users": (422, 422, 422),
    "POST /api/sessions": (422, 422, 422),
    "DELETE /api/sessions/current": (204, 204, 204),
    # Without a handshake; with one: test_live_handshake.py.
    "GET /api/live": (426, 426, 426),
    # These speak of whoever asks, so a stranger is told of the stranger's own.
    "GET /api/users/me": (401, 401, 200),
    "GET /api/todos": (401, 401, 200),
    "POST /api/todos": (401, 401, 201),
    "PATCH /api/todos": (401, 401, 200),
    "DELETE /api/todos": (401, 401, 204),
    "GET /api/todos/pick": (401, 401, 404),
    # These speak of the owner's todo.
    "GET /api/todos/<todo_id:todo_id>": (401, 401, 404),
    "PATCH /api/todos/<todo_id:todo_id>": (401, 401, 404),
    "DELETE /api/todos/<todo_id:todo_id>": (401, 401, 404),
}
ASKERS = ("nobody", "expired", "stranger")
BODIES = {"PATCH /api/todos": {"completed": True}}
ANY_BODY = {"title": "Mine now"}


def routes_of(app: Flask) -> Iterator[str]:
    """Yield everything that the app answers to, as `GET /path`."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}"


@pytest.fixture
def askers(app: Flask, ada: FlaskClient, bob: FlaskClient) -> dict[str, FlaskClient]:
    """Return the clients of those who ask for what is Ada's."""
    ada_id = json_of(ada.get("/api/users/me"))["id"]
    ended = make_token(ada_id, lifetime=timedelta(minutes=-1))
    expired = with_token(app.test_client(), ended)
    return {"nobody": app.test_client(), "expired": expired, "stranger": bob}


def test_the_table_has_every_route(app: Flask) -> None:
    """A new address is in the table, or nobody has thought about who may ask."""
    routes = set(routes_of(app))

    assert routes == set(ANSWERS)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("route", ANSWERS)
def test_answers_only_whom_it_should(
    route: str, asker: str, ada: FlaskClient, askers: dict[str, FlaskClient]
) -> None:
    """Nobody but its owner sees or changes a todo, whichever way they ask."""
    todo = add_todo(ada, "for Ada's eyes")
    method, rule = route.split()
    path = rule.replace("<todo_id:todo_id>", str(todo["id"])).replace("<path:filename>", "page.css")

    # Buffered, so that a file which is sent is closed too.
    response = askers[asker].open(
        path, method=method, json=BODIES.get(route, ANY_BODY), buffered=True
    )

    leaked = todo["title"] in response.text
    assert response.status_code == ANSWERS[route][ASKERS.index(asker)]
    assert not leaked
    assert json_of(ada.get("/api/todos")) == [todo]
