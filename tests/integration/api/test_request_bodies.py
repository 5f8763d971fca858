"""Bodies that PostgreSQL cannot take: the answer is a refusal that says why, and never a 500.

What else can be wrong with a body is tried in tests/unit/api/test_request_bodies.py.
"""

import pytest
from flask.testing import FlaskClient

from tests.support.api_client import json_of


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(r'{"title": "a\u0000b"}', id="NUL"),
        pytest.param(r'{"title": "\ud800"}', id="half a character"),
        pytest.param('{"title": "x", "order": 2147483648}', id="order above"),
        pytest.param('{"title": "x", "order": -2147483649}', id="order below"),
        pytest.param('{"title": "x", "order": 1e400}', id="order infinite"),
        pytest.param('{"title": "x", "due": "0000-01-01"}', id="year 0"),
        pytest.param(f'{{"title": "{201 * "x"}"}}', id="201 characters"),
    ],
)
def test_stores_nothing_that_does_not_fit(ada: FlaskClient, body: str) -> None:
    """A todo that the database could not hold is refused before it gets there."""
    response = ada.post("/api/todos", data=body, content_type="application/json")

    assert response.status_code == 422
    assert json_of(ada.get("/api/todos")) == []


@pytest.mark.parametrize("character", [r"\u0000", r"\ud800"], ids=["NUL", "half a character"])
@pytest.mark.parametrize("field", ["email", "password"])
@pytest.mark.parametrize("path", ["/api/users", "/api/sessions"])
def test_looks_nobody_up_by_what_is_no_text(
    client: FlaskClient, path: str, field: str, character: str
) -> None:
    """What neither hash nor database can take is refused before they see it."""
    fields = {"email": "ada@example.org", "password": "correct horse battery", field: character}
    body = "{" + ", ".join(f'"{name}": "{value}"' for name, value in fields.items()) + "}"

    response = client.post(path, data=body, content_type="application/json")

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("order", "title"),
    [(2**31 - 1, "x" * 200), (-(2**31), "🥛" * 200)],
    ids=["highest", "lowest"],
)
def test_stores_what_just_fits(ada: FlaskClient, order: int, title: str) -> None:
    """The limits of the schema are those of the table, counted in the same way."""
    response = ada.post("/api/todos", json={"title": title, "order": order, "due": "0001-01-01"})

    assert response.status_code == 201
    assert [(t["order"], t["title"]) for t in json_of(ada.get("/api/todos"))] == [(order, title)]
