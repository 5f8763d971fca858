"""What every answer has: headers that protect, an id, problems that look alike."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.api.schemas import validation_errors

CONTENT_SECURITY_POLICY = {
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
SECURITY_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PATHS = pytest.mark.parametrize("path", ["/", "/api/todos", "/api/nothing", "/static/nothing"])


def test_an_error_is_a_problem_document(client: FlaskClient) -> None:
    """An error says what is wrong in the shape that the API's description gives."""
    response = client.get("/api/nothing")

    assert response.content_type == "application/problem+json"
    assert not validation_errors("Problem", response.get_json())


def test_an_unknown_address_is_told_so(client: FlaskClient) -> None:
    """404 says in one sentence that there is nothing, rather than the framework's three."""
    response = client.get("/api/nothing")

    assert response.get_json()["detail"] == "There is nothing at this address."


def test_equal_faults_have_equal_answers(client: FlaskClient) -> None:
    """Nothing in a problem differs from request to request; the id is in a header."""
    first, second = client.get("/api/todos"), client.get("/api/todos")

    assert second.data == first.data
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
    method: str, path: str, allowed: set[str], client: FlaskClient
) -> None:
    """405 lists what is allowed."""
    response = client.open(path, method=method)

    assert response.status_code == 405
    assert set(response.allow) == allowed


@pytest.mark.parametrize("path", ["/api/todos", "/api/todos/1", "/api/users", "/"])
def test_options_needs_no_token(path: str, client: FlaskClient) -> None:
    """OPTIONS names the methods to anybody."""
    response = client.options(path)

    assert response.status_code == 200
    assert "OPTIONS" in response.allow


def test_a_fault_of_ours_tells_nothing(
    api_client: FlaskClient, todos: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    """An unforeseen error is logged with its cause, and answered without it."""
    todos.list.side_effect = RuntimeError("the cause")

    response = api_client.get("/api/todos")

    assert response.status_code == 500
    assert "the cause" in caplog.text
    assert b"the cause" not in response.data


@PATHS
def test_every_answer_protects_the_browser(path: str, client: FlaskClient) -> None:
    """Pages, data and errors alike forbid frames, guessed types and windows that look in."""
    headers = client.get(path).headers

    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


@PATHS
def test_every_answer_says_what_a_page_may_load(path: str, client: FlaskClient) -> None:
    """A page loads what is ours and nothing else, as browsers read it: each directive is a set."""
    [policy] = client.get(path).headers.getlist("Content-Security-Policy")

    directives = [directive.split() for directive in policy.split(";")]
    assert {name: set(sources) for name, *sources in directives} == CONTENT_SECURITY_POLICY


def test_lets_no_other_site_read(client: FlaskClient) -> None:
    """No answer opens the API to other origins (CORS)."""
    response = client.options("/api/todos", headers={"Origin": "http://evil.example"})

    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


def test_data_is_not_kept_by_caches(api_client: FlaskClient) -> None:
    """What belongs to a person stays out of every cache."""
    assert api_client.get("/api/todos").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "rule"), [("https://localhost", "max-age=31536000"), ("http://localhost", None)]
)
def test_insists_on_https_where_there_is_https(
    url: str, rule: str | None, client_for: Callable[..., FlaskClient]
) -> None:
    """A browser that came by HTTPS once does not try without it for a year."""
    response = client_for(url=url).get("/healthz")

    assert response.headers.get("Strict-Transport-Security") == rule
