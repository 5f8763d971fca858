"""The session cookie: its name, and other cookies that another page gave the same name.

Flask's test client keeps a cookie for each name, path and domain, and sends all that fit a request,
as a browser does.
"""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.api import make_flask
from tests.support.factories import (
    ADA,
    SAME_ORIGIN,
    make_credentials,
    make_dependencies,
    make_site_config,
    make_tokens,
)

STRANGER_ID = 8
# Paths under which a cookie reaches a request of the page.
PATHS = ["/api", "/api/", "/api/todos", "/api/todos/", "/api/users/me", "/api/live"]


def toss(client: FlaskClient, path: str, domain: str = "localhost") -> None:
    """Set a cookie as a page on another port, or of a sibling subdomain, can do."""
    token = make_tokens().issue(STRANGER_ID).text
    client.set_cookie("session", token, path=path, domain=domain, origin_only=domain == "localhost")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/todos"])
def test_refuses_two_session_cookies(path: str, browser_client: FlaskClient) -> None:
    """Of two cookies nobody can tell which one is ours, and a guess could be a stranger's account.

    Sibling: tests/e2e/test_foreign_pages.py::test_refuses_two_session_cookies.
    """
    toss(browser_client, path)

    response = browser_client.get("/api/todos")

    assert response.status_code == 401
    assert response.get_json()["detail"].startswith("Two session cookies were sent")


def test_forgets_both_of_two_session_cookies(browser_client: FlaskClient) -> None:
    """The page asks to sign in, and nothing is left that would make it ask again."""
    toss(browser_client, "/api/todos")

    browser_client.get("/api/todos")

    assert browser_client.get_cookie("session") is None
    assert browser_client.get_cookie("session", path="/api/todos") is None


@pytest.mark.parametrize("domain", ["todo.example.org", "example.org"])
def test_forgets_the_cookie_of_a_sibling_subdomain(domain: str, mocker: MockerFixture) -> None:
    """Under http, any host of a domain can set cookies for all of them."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])
    site = make_site_config(url="http://todo.example.org")
    client = make_flask(make_dependencies(site=site)).test_client()
    client.set_cookie("session", "a", domain="todo.example.org")
    toss(client, "/api", domain)

    client.get("/api/todos", base_url="http://todo.example.org")

    assert client.get_cookie("session", path="/api", domain=domain) is None


def test_two_cookies_do_not_matter_beside_a_token(
    browser_client: FlaskClient, token: str, mocker: MockerFixture
) -> None:
    """A token in the Authorization header decides alone."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])
    toss(browser_client, "/api")

    response = browser_client.get("/api/todos", headers={"Authorization": f"Bearer {token}"})

    assert response.status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_signing_out_forgets_the_cookie_of_every_path(
    path: str, browser_client: FlaskClient
) -> None:
    """Otherwise the next request would be made with the other cookie, in a stranger's account."""
    toss(browser_client, path)

    browser_client.delete("/api/sessions/current", headers=SAME_ORIGIN)

    assert browser_client.get_cookie("session") is None
    assert browser_client.get_cookie("session", path=path) is None


def test_signing_in_replaces_a_cookie_of_another_path(
    client: FlaskClient, mocker: MockerFixture
) -> None:
    """A person who finds a stranger's account and signs in has a single cookie."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    toss(client, "/api")

    client.post("/api/sessions", json=ADA)

    assert client.get_cookie("session") is not None
    assert client.get_cookie("session", path="/api") is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://todo.example", "session"),
        ("http://127.0.0.1:8001", "session-8001"),
        ("https://todo.example", "__Host-session"),
        ("https://todo.example:8443", "__Host-session-8443"),
    ],
)
def test_the_cookie_is_named_after_the_site(url: str, name: str, mocker: MockerFixture) -> None:
    """A browser shares cookies between the ports of a host, and keeps siblings from `__Host-`."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    client = make_flask(make_dependencies(site=make_site_config(url=url))).test_client()

    response = client.post("/api/sessions", json=ADA, base_url=url)

    assert response.headers["Set-Cookie"].partition("=")[0] == name


@pytest.mark.parametrize("attribute", ["Secure", "Path=/", "HttpOnly"])
def test_signing_out_clears_a_cookie_with_the_prefix(attribute: str) -> None:
    """Browsers ignore a line for `__Host-` without Secure and Path=/, even one that deletes it."""
    site = make_site_config(url="https://todo.example")
    client = make_flask(make_dependencies(site=site)).test_client()

    response = client.delete("/api/sessions/current", base_url="https://todo.example")

    [line] = response.headers.getlist("Set-Cookie")
    assert attribute in line.split("; ")


def test_the_description_names_the_cookie(client: FlaskClient) -> None:
    """A program that is generated from the description finds the name of this site's cookie."""
    schemes = client.get("/openapi.json").get_json()["components"]["securitySchemes"]

    assert schemes["cookie"]["name"] == "session"
