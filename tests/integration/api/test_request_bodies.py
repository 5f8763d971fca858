"""What just fits and what no longer fits: the limits of the schemas and of PostgreSQL agree.

What else can be wrong with a body: tests/unit/api/test_request_bodies.py.
"""

import pytest
from flask.testing import FlaskClient

from tests.support.api_client import json_of


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(r'{"title": "a\u0000b"}', id="NUL"),
        pytest.param(r'{"title": "\ud800"}', id="lone surrogate"),
        pytest.param('{"title": "x", "order": 2147483648}', id="order above 32 bits"),
        pytest.param('{"title": "x", "order": -2147483649}', id="order below 32 bits"),
        pytest.param('{"title": "x", "due": "0000-01-01"}', id="year 0"),
        pytest.param(f'{{"title": "{201 * "x"}"}}', id="201 characters"),
    ],
)
def test_refuses_what_postgresql_cannot_store(ada: FlaskClient, body: str) -> None:
    """Where PostgreSQL would raise an error, the answer is 422 and not 500."""
    response = ada.post("/api/todos", data=body, content_type="application/json")

    assert response.status_code == 422
    assert json_of(ada.get("/api/todos")) == []


@pytest.mark.parametrize("path", ["/api/users", "/api/sessions"])
def test_refuses_an_email_with_a_nul_character(client: FlaskClient, path: str) -> None:
    """PostgreSQL has no NUL in its text, so no e-mail with one is looked up or stored."""
    body = {"email": "ada\0@example.org", "password": "correct horse battery"}

    response = client.post(path, json=body)

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("order", "title"),
    [(2**31 - 1, "x" * 200), (-(2**31), "🥛" * 200)],
    ids=["highest order", "lowest order"],
)
def test_stores_what_just_fits(ada: FlaskClient, order: int, title: str) -> None:
    """A title is counted in characters by the schema and by the table, not in bytes."""
    response = ada.post("/api/todos", json={"title": title, "order": order, "due": "0001-01-01"})

    [stored] = json_of(ada.get("/api/todos"))
    assert response.status_code == 201
    assert stored["order"] == order
    assert stored["title"] == title
