"""Where the service is: its names, its proxies, and whether browsers come by HTTPS."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.http import make_flask
from app.http.parts import Parts, Site

CREDENTIALS = {"email": "ada@example.org", "password": "correct horse battery"}


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


@pytest.mark.usefixtures("right_password")
@pytest.mark.parametrize(
    ("url", "secure"), [("https://todo.example", True), ("http://todo.example", False)]
)
def test_the_cookie_is_sent_by_https_alone_where_there_is_https(
    url: str,
    secure: bool,
    at: Callable[[str], FlaskClient],
) -> None:
    """The public address decides whether the cookie is Secure."""
    response = at(url).post("/api/sessions", json=CREDENTIALS, base_url=url)

    assert secure == ("Secure" in response.headers["Set-Cookie"])
