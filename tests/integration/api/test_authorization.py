"""Authorization: every route, requested without a token, with an expired one and by another user.

That a request without a token is refused is tested in tests/unit/api/test_auth.py too. Here all
routes stand in one table, and each test checks that a refused request has changed nothing.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.api_client import add_todo, json_of, make_token, with_token

# The status without a token, with an expired token of the owner, and with another user's token.
# Routes with three equal statuses are public.
ANSWERS = {
    "GET /": (200, 200, 200),
    "GET /healthz": (200, 200, 200),
    "GET /openapi.json": (200, 200, 200),
    "GET /readyz": (200, 200, 200),
    "GET /static/<digest>/<filename>": (200, 200, 200),
    "POST /api/users": (422, 422, 422),
    "POST /api/sessions": (422, 422, 422),
    "DELETE /api/sessions/current": (204, 204, 204),
    # Without a handshake; with one: tests/integration/live/test_handshake.py.
    "GET /api/live": (426, 426, 426),
    # These concern the user of the token, so another user gets what is their own.
    "GET /api/users/me": (401, 401, 200),
    "GET /api/todos": (401, 401, 200),
    "POST /api/todos": (401, 401, 201),
    "PATCH /api/todos": (401, 401, 200),
    "DELETE /api/todos": (401, 401, 204),
    "GET /api/todos/pick": (401, 401, 404),
    # These concern one todo of the owner.
    "GET /api/todos/<todo_id:todo_id>": (401, 401, 404),
    "PATCH /api/todos/<todo_id:todo_id>": (401, 401, 404),
    "DELETE /api/todos/<todo_id:todo_id>": (401, 401, 404),
}
CLIENTS = ("no token", "expired token", "another user")
BODIES = {"PATCH /api/todos": {"completed": True}}
DEFAULT_BODY = {"title": "Mine now"}


def routes_of(app: Flask) -> Iterator[str]:
    """Yield every route as `GET /path`."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}"


@pytest.fixture
def clients(app: Flask, ada: FlaskClient, bob: FlaskClient) -> dict[str, FlaskClient]:
    """Make the clients that request what belongs to Ada."""
    ada_id = json_of(ada.get("/api/users/me"))["id"]
    token = make_token(ada_id, lifetime=timedelta(minutes=-1))
    expired = with_token(app.test_client(), token)
    return {"no token": app.test_client(), "expired token": expired, "another user": bob}


def test_the_table_has_every_route(app: Flask) -> None:
    """A new route must be in the table, so that its authorization has been decided."""
    routes = set(routes_of(app))

    assert routes == set(ANSWERS)


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("route", ANSWERS)
def test_protects_a_todo_from_everybody_else(
    route: str, name: str, ada: FlaskClient, clients: dict[str, FlaskClient]
) -> None:
    """No route shows a todo to anybody but its owner, or lets anybody else change it."""
    todo = add_todo(ada, "for Ada's eyes")
    method, rule = route.split()
    path = rule.replace("<todo_id:todo_id>", str(todo["id"])).replace("<filename>", "page.css")

    # Buffered, so that the file of a static route is closed.
    response = clients[name].open(
        path, method=method, json=BODIES.get(route, DEFAULT_BODY), buffered=True
    )

    assert response.status_code == ANSWERS[route][CLIENTS.index(name)]
    assert todo["title"] not in response.text
    assert json_of(ada.get("/api/todos")) == [todo]
