"""What every response has: security headers, a request id, one format of errors."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.api import make_flask
from app.api.schemas import validation_errors
from tests.support.factories import make_dependencies, make_site_config

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
    """A 404 from the framework has the same format (RFC 9457) as an error of our own."""
    response = client.get("/api/nothing")

    assert response.content_type == "application/problem+json"
    assert not validation_errors("Problem", response.get_json())


def test_an_unknown_address_has_a_sentence_of_its_own(client: FlaskClient) -> None:
    """The framework's text for 404 has three sentences, and blames the spelling."""
    response = client.get("/api/nothing")

    assert response.get_json()["detail"] == "There is nothing at this address."


def test_the_same_error_has_the_same_body(client: FlaskClient) -> None:
    """A body that varied could reveal something, such as whether an account exists."""
    first, second = client.get("/api/todos"), client.get("/api/todos")

    assert second.data == first.data


def test_every_request_has_an_id_of_its_own(client: FlaskClient) -> None:
    """The id by which a request is found in the log is in a header, not in the body."""
    first, second = client.get("/api/todos"), client.get("/api/todos")

    assert second.headers["X-Request-Id"] != first.headers["X-Request-Id"]


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
def test_a_wrong_method_is_answered_with_the_allowed_ones(
    method: str, path: str, allowed: set[str], client: FlaskClient
) -> None:
    """A 405 response must have an Allow header (RFC 9110, section 15.5.6)."""
    response = client.open(path, method=method)

    assert response.status_code == 405
    assert set(response.allow) == allowed


@pytest.mark.parametrize("path", ["/api/todos", "/api/todos/1", "/api/users", "/"])
def test_options_needs_no_token(path: str, client: FlaskClient) -> None:
    """A browser sends a CORS preflight request without credentials, so OPTIONS cannot need any."""
    response = client.options(path)

    assert response.status_code == 200
    assert "OPTIONS" in response.allow


@PATHS
def test_every_response_has_security_headers(path: str, client: FlaskClient) -> None:
    """They forbid framing, MIME sniffing and access from other windows, also for errors."""
    headers = client.get(path).headers

    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


@PATHS
def test_every_response_has_a_content_security_policy(path: str, client: FlaskClient) -> None:
    """A page loads our own files only; the order of directives and sources means nothing."""
    [policy] = client.get(path).headers.getlist("Content-Security-Policy")

    directives = [directive.split() for directive in policy.split(";")]
    assert {name: set(sources) for name, *sources in directives} == CONTENT_SECURITY_POLICY


def test_lets_no_other_site_read(client: FlaskClient) -> None:
    """Without an Access-Control header, browsers keep responses from other origins (CORS)."""
    response = client.options("/api/todos", headers={"Origin": "http://evil.example"})

    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


def test_data_is_not_kept_by_caches(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """A shared computer's browser must not show the todos of the previous user."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    response = api_client.get("/api/todos")

    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "rule"), [("https://localhost", "max-age=31536000"), ("http://localhost", None)]
)
def test_insists_on_https_if_the_public_url_is_https(url: str, rule: str | None) -> None:
    """Such a browser uses no plain HTTP for a year (HSTS, RFC 6797); a local one still may."""
    client = make_flask(make_dependencies(site=make_site_config(url=url))).test_client()

    response = client.get("/healthz")

    assert response.headers.get("Strict-Transport-Security") == rule
