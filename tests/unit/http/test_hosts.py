"""Where the service is: its names, its proxies, and whether browsers come by HTTPS."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.unit.builders import ADA
from tests.unit.fakes import FakeAttempts


@pytest.mark.parametrize("host", ["evil.example", "localhost:81", "127.0.0.1.evil.example"])
def test_answers_to_its_own_name_alone(host: str, client: FlaskClient) -> None:
    """A page that points its own name at our address gets nothing (DNS rebinding)."""
    response = client.get("/api/todos", headers={"Host": host})

    assert HTTPStatus.MISDIRECTED_REQUEST == response.status_code


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_a_probe_under_any_name(path: str, anonymous: FlaskClient) -> None:
    """Health checks ask by address."""
    response = anonymous.get(path, headers={"Host": "10.0.0.1"})

    assert HTTPStatus.OK == response.status_code


@pytest.mark.parametrize(
    ("trusted", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9"), (2, "198.51.100.4")]
)
def test_believes_as_many_proxies_as_it_is_told_to(
    trusted: int, address: str, client_with: Callable[..., FlaskClient], attempts: FakeAttempts
) -> None:
    """A forwarded address counts only where a proxy of ours wrote it."""
    headers = {"X-Forwarded-For": "203.0.113.1, 198.51.100.4, 192.0.2.9"}

    client_with(trusted_proxies=trusted).post("/api/users", json=ADA, headers=headers)

    assert [f"sign-up {address}/32"] == list(attempts.counts)


@pytest.mark.usefixtures("right_password")
@pytest.mark.parametrize(
    ("url", "secure"), [("https://todo.example", True), ("http://todo.example", False)]
)
def test_the_cookie_is_sent_by_https_alone_where_there_is_https(
    url: str, secure: bool, client_with: Callable[..., FlaskClient]
) -> None:
    """The public address decides whether the cookie is Secure; a proxy may ask us by HTTP."""
    client = client_with(url=url)

    response = client.post("/api/sessions", json=ADA, base_url="http://todo.example")

    assert secure == ("Secure" in response.headers["Set-Cookie"])
