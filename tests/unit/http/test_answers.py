"""What every answer has: headers that protect, an id, problems that look alike."""

from collections.abc import Callable
from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.http.schemas import faults

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "require-trusted-types-for": {"'script'"},
}
PROTECTION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PATHS = pytest.mark.parametrize("path", ["/", "/api/todos", "/api/nothing", "/static/nothing"])


def test_an_error_is_a_problem_document(anonymous: FlaskClient) -> None:
    """An error says what is wrong in the shape that the API's description gives."""
    response = anonymous.get("/api/nothing")

    assert "application/problem+json" == response.content_type
    assert not faults("Problem", response.get_json())


def test_an_unknown_address_is_told_so(anonymous: FlaskClient) -> None:
    """404 says in one sentence that there is nothing, rather than the framework's three."""
    response = anonymous.get("/api/nothing")

    assert "There is nothing at this address." == response.get_json()["detail"]


def test_equal_faults_have_equal_answers(anonymous: FlaskClient) -> None:
    """Nothing in a problem differs from request to request; the id is in a header."""
    first, second = anonymous.get("/api/todos"), anonymous.get("/api/todos")

    assert first.data == second.data
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/todos", {"GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"}),
        ("POST", "/api/todos/1", {"GET", "HEAD", "OPTIONS", "PATCH", "DELETE"}),
        ("DELETE", "/api/todos/pick", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/api/sessions", {"POST", "OPTIONS"}),
        ("TRACE", "/healthz", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    method: str, path: str, allowed: set[str], anonymous: FlaskClient
) -> None:
    """405 lists what is allowed."""
    response = anonymous.open(path, method=method)

    assert (HTTPStatus.METHOD_NOT_ALLOWED, allowed) == (response.status_code, set(response.allow))


@pytest.mark.parametrize("path", ["/api/todos", "/api/todos/1", "/api/users", "/"])
def test_options_needs_no_token(path: str, anonymous: FlaskClient) -> None:
    """OPTIONS names the methods to anybody."""
    response = anonymous.options(path)

    assert (HTTPStatus.OK, True) == (response.status_code, "OPTIONS" in response.allow)


def test_a_fault_of_ours_tells_nothing(
    client: FlaskClient, todos: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    """An unforeseen error is logged with its cause, and answered without it."""
    todos.list.side_effect = RuntimeError("the cause")

    response = client.get("/api/todos")

    assert HTTPStatus.INTERNAL_SERVER_ERROR == response.status_code
    assert "the cause" in caplog.text
    assert b"the cause" not in response.data


@PATHS
def test_every_answer_protects_the_browser(path: str, anonymous: FlaskClient) -> None:
    """Pages, data and errors alike forbid frames, guessed types and windows that look in."""
    headers = anonymous.get(path).headers

    assert PROTECTION == {name: headers[name] for name in PROTECTION}


@PATHS
def test_every_answer_says_what_a_page_may_load(path: str, anonymous: FlaskClient) -> None:
    """A page loads what is ours and nothing else, as browsers read it: each directive is a set."""
    [policy] = anonymous.get(path).headers.getlist("Content-Security-Policy")

    directives = [directive.split() for directive in policy.split(";")]
    assert POLICY == {name: set(sources) for name, *sources in directives}


def test_lets_no_other_site_read(anonymous: FlaskClient) -> None:
    """No answer opens the API to other origins (CORS)."""
    response = anonymous.options("/api/todos", headers={"Origin": "http://evil.example"})

    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


def test_data_is_not_kept_by_caches(client: FlaskClient) -> None:
    """What belongs to a person stays out of every cache."""
    assert "no-store" == client.get("/api/todos").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("url", "rule"), [("https://localhost", "max-age=31536000"), ("http://localhost", None)]
)
def test_insists_on_https_where_there_is_https(
    url: str, rule: str | None, client_with: Callable[..., FlaskClient]
) -> None:
    """A browser that came by HTTPS once does not try without it for a year."""
    response = client_with(url=url).get("/healthz")

    assert rule == response.headers.get("Strict-Transport-Security")
