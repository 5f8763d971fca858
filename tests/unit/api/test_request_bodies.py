"""Bodies: what is not JSON, what is JSON but does not fit, and what is too much."""

import json
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.api.request_body import MAX_BODY_BYTES
from tests.support.unit_factories import make_todo

JSON = "application/json"


def title(text: str) -> str:
    """Return the body of a new todo, in ASCII alone."""
    return json.dumps({"title": text})


def order(number: str) -> str:
    """Return the body of a new todo with the number as it is written."""
    return f'{{"title": "a", "order": {number}}}'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut off"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param('{"title": "a", "title": "b"}', id="a name twice"),
        pytest.param(order("NaN"), id="not a number"),
        pytest.param(order("Infinity"), id="infinite"),
        pytest.param(title("a").encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"title": "\xff"}', id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + title("a").encode(), id="byte order mark"),
    ],
)
def test_refuses_what_is_not_json(body: str | bytes, api_client: FlaskClient) -> None:
    """A body that cannot be read in exactly one way is a bad request."""
    response = api_client.post("/api/todos", data=body, content_type=JSON)

    assert response.status_code == 400


def test_refuses_what_is_nested_deep(api_client: FlaskClient) -> None:
    """JSON of 5,000 levels is refused: older Pythons do not read it, to others it is no object."""
    response = api_client.post("/api/todos", data="[" * 5000 + "]" * 5000, content_type=JSON)

    assert response.status_code in {400, 422}


def test_what_is_too_deep_for_the_check_alone_is_refused_too(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Python may give up just after it has read a body; at which depth differs by version."""
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
def test_says_what_does_not_fit(
    body: str, pointer: str, api_client: FlaskClient, todos: Mock
) -> None:
    """JSON that does not fit the schema is refused, with a pointer to each fault."""
    response = api_client.post("/api/todos", data=body, content_type=JSON)

    assert [fault["pointer"] for fault in response.get_json()["errors"]] == [pointer]
    todos.add.assert_not_called()


@pytest.mark.parametrize("number", ["-2147483648", "2147483647"])
def test_hands_a_number_on_as_it_is_written(
    number: str, api_client: FlaskClient, todos: Mock
) -> None:
    """The longest numbers that fit arrive whole."""
    todos.add.return_value = make_todo()

    api_client.post("/api/todos", data=order(number), content_type=JSON)

    [_author, new, _now] = todos.add.call_args.args
    assert new["order"] == int(number)


def test_names_all_faults_at_once(api_client: FlaskClient) -> None:
    """Whoever mends a body sees everything that is wrong with it, in one order."""
    response = api_client.post("/api/todos", json={"order": 0.5, "due": "soon"})

    pointers = [fault["pointer"] for fault in response.get_json()["errors"]]
    assert pointers == ["#/due", "#/order", "#/title"]


def test_never_repeats_what_was_sent(client: FlaskClient) -> None:
    """A refusal holds no value of the body: it may be a password."""
    response = client.post("/api/users", json={"email": "ada@", "password": "secret"})

    assert response.status_code == 422
    assert b"secret" not in response.data


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param({}, id="with its length"),
        pytest.param({"CONTENT_LENGTH": None, "wsgi.input_terminated": True}, id="in chunks"),
    ],
)
def test_refuses_a_body_that_is_too_long(
    declared: dict[str, object], api_client: FlaskClient
) -> None:
    """A body at the limit is refused, even where cutting it off there would leave good JSON."""
    body = title("a").ljust(MAX_BODY_BYTES)

    response = api_client.post(
        "/api/todos", data=body, content_type=JSON, environ_overrides=declared
    )

    assert response.status_code == 413
