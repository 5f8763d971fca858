"""Request bodies: not JSON, JSON that does not fit its schema, and bodies that are too long."""

import json

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from tests.support.factories import make_todo

JSON = "application/json"


def title(text: str) -> str:
    """Return a new todo as JSON in ASCII."""
    return json.dumps({"title": text})


def order(number: str) -> str:
    """Return a new todo as JSON, with the number exactly as it is written."""
    return f'{{"title": "a", "order": {number}}}'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut off"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param('{"title": "a", "title": "b"}', id="duplicate name"),
        pytest.param(order("NaN"), id="not a number"),
        pytest.param(order("Infinity"), id="infinite"),
        pytest.param(title("a").encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"title": "\xff"}', id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + title("a").encode(), id="byte order mark"),
    ],
)
def test_refuses_what_is_not_json(body: str | bytes, api_client: FlaskClient) -> None:
    """RFC 8259 leaves some of these to the parser; here, a body has exactly one meaning."""
    response = api_client.post("/api/todos", data=body, content_type=JSON)

    assert response.status_code == 400


def test_refuses_deeply_nested_json(api_client: FlaskClient) -> None:
    """Older versions of Python cannot parse 5,000 levels; newer ones find that it is no object."""
    response = api_client.post("/api/todos", data="[" * 5000 + "]" * 5000, content_type=JSON)

    assert response.status_code in {400, 422}


def test_refuses_json_that_is_too_deep_to_validate(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Validation can run out of stack where parsing did not; the depth differs by version."""
    mocker.patch("app.api.schemas.validation_errors", autospec=True, side_effect=RecursionError)

    response = api_client.post("/api/todos", json={"title": "a"})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        pytest.param("[]", "#", id="a list"),
        pytest.param("null", "#", id="null"),
        pytest.param("{}", "#/title", id="no title"),
        pytest.param('{"title": null}', "#/title", id="title null"),
        pytest.param(title(" \t\u2003"), "#/title", id="title of spaces"),
        pytest.param(title("x" * 201), "#/title", id="title too long"),
        pytest.param(title("a\0b"), "#/title", id="title with NUL"),
        pytest.param(title("a\tb"), "#/title", id="title with a tab"),
        pytest.param(title("\ud800"), "#/title", id="title with half a character"),
        pytest.param('{"title":' + "[" * 500 + "]" * 500 + "}", "#/title", id="deep title"),
        pytest.param(order("5.0"), "#/order", id="order with a point"),
        pytest.param(order("true"), "#/order", id="order true"),
        pytest.param(order("2147483648"), "#/order", id="order too high"),
        pytest.param(order("-2147483649"), "#/order", id="order too low"),
        pytest.param(order("1e400"), "#/order", id="order beyond floats"),
        pytest.param(order("9" * 5000), "#/order", id="order beyond Python's integers"),
        pytest.param('{"title": "a", "due": "2026-02-30"}', "#/due", id="no such day"),
        pytest.param('{"title": "a", "due": "2026-W01-1"}', "#/due", id="a week's day"),
        pytest.param('{"title": "a", "due": "20260301"}', "#/due", id="date without dashes"),
        pytest.param('{"title": "a", "completed": null}', "#/completed", id="completed null"),
        pytest.param('{"title": "a", "done": true}', "#/done", id="unknown field"),
        pytest.param('{"title": "a", "x/~y": 1}', "#/x~1~0y", id="unknown field, odd name"),
        pytest.param('{"title": "a", "\\ud800": 1}', "#/%3F", id="unknown field, half a character"),
    ],
)
def test_points_at_what_does_not_fit(
    body: str, pointer: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """JSON that does not fit its schema is rejected with a JSON Pointer (RFC 6901) to the error."""
    add = mocker.patch.object(TodoRepository, "add", autospec=True)

    response = api_client.post("/api/todos", data=body, content_type=JSON)

    assert [error["pointer"] for error in response.get_json()["errors"]] == [pointer]
    add.assert_not_called()


@pytest.mark.parametrize("number", [-2147483648, 2147483647])
def test_accepts_an_order_at_the_limit(
    number: int, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The parser that rejects huge numbers leaves the smallest and the largest order intact."""
    add = mocker.patch.object(TodoRepository, "add", autospec=True, return_value=make_todo())

    api_client.post("/api/todos", data=order(str(number)), content_type=JSON)

    [_, _, new, _] = add.call_args.args
    assert new["order"] == number


def test_lists_all_validation_errors(api_client: FlaskClient) -> None:
    """One response names every error, sorted by pointer, so that one attempt corrects them all."""
    response = api_client.post("/api/todos", json={"order": 0.5, "due": "soon"})

    pointers = [error["pointer"] for error in response.get_json()["errors"]]
    assert pointers == ["#/due", "#/order", "#/title"]


def test_never_repeats_what_was_sent(client: FlaskClient) -> None:
    """A validation error shows no value of the body, since it may be a password."""
    response = client.post("/api/users", json={"email": "ada@", "password": "secret"})

    assert response.status_code == 422
    assert b"secret" not in response.data


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param({}, id="with Content-Length"),
        pytest.param({"CONTENT_LENGTH": None, "wsgi.input_terminated": True}, id="chunked"),
    ],
)
def test_refuses_a_body_that_is_too_long(
    declared: dict[str, object], api_client: FlaskClient
) -> None:
    """A body of 16 KiB is rejected, even one that would still be JSON if it were cut off there."""
    body = title("a").ljust(16 * 1024)

    response = api_client.post(
        "/api/todos", data=body, content_type=JSON, environ_overrides=declared
    )

    assert response.status_code == 413
