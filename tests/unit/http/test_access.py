"""Who is asking, and whether a browser was tricked into asking."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import InvalidTokenError
from app.http import make_flask
from app.http.parts import Parts, Site
from tests.unit.builders import SITE_URL, credentials

PUBLIC = {
    "GET /",
    # Without WebSocket everybody is told to use it; with it: test_live.py.
    "GET /api/live",
    "GET /healthz",
    "GET /openapi.json",
    "GET /readyz",
    "GET /static/<path:filename>",
    "POST /api/sessions",
    "DELETE /api/sessions/current",
    "POST /api/users",
}
CREDENTIALS = {"email": "ada@example.org", "password": "correct horse battery"}


def routes(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield the method and the address of everything that the service answers to."""
    for rule in client.application.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule


@pytest.fixture
def our_page(anonymous: FlaskClient, todos: Mock) -> FlaskClient:
    """Return a client that carries the cookie, as the page does."""
    todos.change_all.return_value = []
    anonymous.set_cookie("session", "a.valid.token")
    return anonymous


def test_every_route_that_is_not_public_asks_for_a_token(anonymous: FlaskClient) -> None:
    """Without a token nothing of a person's is to be had, on any route, the newest included."""
    open_to_all = {
        f"{method} {rule}"
        for method, rule in routes(anonymous)
        if anonymous.open(rule.replace("<todo_id:todo_id>", "1"), method=method).status_code
        != HTTPStatus.UNAUTHORIZED
    }

    assert PUBLIC == open_to_all


def test_a_request_without_a_token_is_told_how_to_send_one(anonymous: FlaskClient) -> None:
    """The refusal names the scheme (RFC 6750)."""
    response = anonymous.get("/api/todos")

    assert "Bearer" == response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["Bearer a.valid.token", "bearer  a.valid.token "])
def test_reads_the_token_from_the_header(
    header: str, anonymous: FlaskClient, todos: Mock, tokens: Mock
) -> None:
    """The scheme's name has no case, and spaces around the token do not count."""
    todos.list.return_value = []

    anonymous.get("/api/todos", headers={"Authorization": header})

    tokens.read.assert_called_once_with("a.valid.token")


def test_reads_the_token_from_the_cookie(our_page: FlaskClient, todos: Mock, tokens: Mock) -> None:
    """The page's token comes as a cookie."""
    todos.list.return_value = []

    our_page.get("/api/todos")

    tokens.read.assert_called_once_with("a.valid.token")


def test_a_bad_token_is_told_so(client: FlaskClient, tokens: Mock) -> None:
    """A token that is refused is named as the reason (RFC 6750)."""
    tokens.read.side_effect = InvalidTokenError

    response = client.get("/api/todos")

    assert 'Bearer error="invalid_token"' == response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["", "Basic YWRhOnBhc3M=", "a.valid.token", "Token x"])
def test_a_bad_header_does_not_fall_back_to_the_cookie(header: str, our_page: FlaskClient) -> None:
    """Who sends a header means it: a good cookie beside a bad header helps nothing."""
    response = our_page.get("/api/todos", headers={"Authorization": header})

    assert HTTPStatus.UNAUTHORIZED == response.status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, HTTPStatus.OK, id="our page"),
        pytest.param({"Origin": SITE_URL}, HTTPStatus.OK, id="our page, older browser"),
        pytest.param({"Origin": "http://127.0.0.1"}, HTTPStatus.OK, id="our other name"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, HTTPStatus.FORBIDDEN, id="other site"),
        pytest.param({"Sec-Fetch-Site": "none"}, HTTPStatus.FORBIDDEN, id="no site"),
        pytest.param(
            {"Sec-Fetch-Site": "same-site", "Origin": SITE_URL}, HTTPStatus.FORBIDDEN, id="sibling"
        ),
        pytest.param({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN, id="other origin"),
        pytest.param({"Origin": "https://localhost"}, HTTPStatus.FORBIDDEN, id="other scheme"),
        pytest.param({"Origin": "http://localhost:81"}, HTTPStatus.FORBIDDEN, id="other port"),
        pytest.param({"Origin": "null"}, HTTPStatus.FORBIDDEN, id="null origin"),
        pytest.param({}, HTTPStatus.FORBIDDEN, id="no sign of a page"),
    ],
)
def test_a_write_with_the_cookie_must_come_from_our_page(
    headers: dict[str, str], status: HTTPStatus, our_page: FlaskClient
) -> None:
    """The browser says which page asks; another site's page cannot write with our cookie."""
    response = our_page.patch("/api/todos", json={"completed": True}, headers=headers)

    assert status == response.status_code


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/api/todos"),
        ("DELETE", "/api/todos"),
        ("PATCH", "/api/todos/1"),
        ("DELETE", "/api/todos/1"),
        ("DELETE", "/api/sessions/current"),
        ("POST", "/api/sessions"),
        ("POST", "/api/users"),
    ],
)
def test_no_write_is_left_out(method: str, path: str, our_page: FlaskClient) -> None:
    """Whatever would be changed, another site's page does not get to change it."""
    headers = {"Origin": "http://evil.example"}

    response = our_page.open(path, method=method, json={}, headers=headers)

    assert HTTPStatus.FORBIDDEN == response.status_code


def test_a_write_with_a_header_needs_no_page(client: FlaskClient, todos: Mock) -> None:
    """No other site can make a browser send our token in a header, so a program just writes."""
    todos.change_all.return_value = []

    headers = {"Origin": "http://elsewhere.example"}

    response = client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert HTTPStatus.OK == response.status_code


def test_a_read_with_the_cookie_needs_no_page(our_page: FlaskClient, todos: Mock) -> None:
    """Reading changes nothing, and who may see the answer is the browser's affair."""
    todos.list.return_value = []

    response = our_page.get("/api/todos", headers={"Sec-Fetch-Site": "cross-site"})

    assert HTTPStatus.OK == response.status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, HTTPStatus.CREATED, id="no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, HTTPStatus.CREATED, id="our page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, HTTPStatus.FORBIDDEN, id="other site"),
        pytest.param({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN, id="other origin"),
    ],
)
def test_another_site_cannot_sign_a_browser_in(
    headers: dict[str, str],
    status: HTTPStatus,
    anonymous: FlaskClient,
    users: Mock,
) -> None:
    """Nobody is signed in to somebody else's account without noticing (login CSRF)."""
    users.find.return_value = credentials()

    response = anonymous.post("/api/sessions", json=CREDENTIALS, headers=headers)

    assert status == response.status_code


@pytest.mark.parametrize("host", ["evil.example", "localhost:81", "127.0.0.1.evil.example"])
def test_answers_to_its_own_name_alone(host: str, client: FlaskClient) -> None:
    """A page that points its own name at our address gets nothing (DNS rebinding)."""
    response = client.get("/api/todos", headers={"Host": host})

    assert HTTPStatus.MISDIRECTED_REQUEST == response.status_code


def test_answers_a_probe_under_any_name(anonymous: FlaskClient) -> None:
    """Health checks ask by address."""
    assert HTTPStatus.OK == anonymous.get("/healthz", headers={"Host": "10.0.0.1"}).status_code


@pytest.mark.parametrize(
    ("trusted", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9"), (2, "198.51.100.4")]
)
def test_believes_as_many_proxies_as_it_is_told_to(
    trusted: int, address: str, parts: Parts, site: Site, attempts: Mock
) -> None:
    """A forwarded address counts only where a proxy of ours wrote it."""
    client = make_flask(parts, replace(site, trusted_proxies=trusted)).test_client()
    headers = {"X-Forwarded-For": "203.0.113.1, 198.51.100.4, 192.0.2.9"}

    client.post("/api/users", json=CREDENTIALS, headers=headers)

    [[key], _now] = attempts.count.call_args.args
    assert f"sign-up {address}/32" == key


@pytest.fixture
def at(parts: Parts, site: Site) -> Callable[[str], FlaskClient]:
    """Return a client of the service at another address."""
    return lambda url: make_flask(parts, replace(site, url=url)).test_client()


@pytest.mark.parametrize(
    ("url", "secure"), [("https://todo.example", True), ("http://todo.example", False)]
)
def test_the_cookie_is_sent_by_https_alone_where_there_is_https(
    url: str,
    secure: bool,
    at: Callable[[str], FlaskClient],
    users: Mock,
) -> None:
    """The public address decides whether the cookie is Secure."""
    users.find.return_value = credentials()

    response = at(url).post("/api/sessions", json=CREDENTIALS, base_url=url)

    assert secure == ("Secure" in response.headers["Set-Cookie"])
