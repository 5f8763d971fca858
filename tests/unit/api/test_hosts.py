"""Where the service is: its names, its proxies, and whether browsers come by HTTPS."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.fakes import FakeAttemptStore
from tests.support.unit_factories import ADA


@pytest.mark.parametrize("host", ["evil.example", "localhost:81", "127.0.0.1.evil.example"])
def test_answers_to_its_own_name_alone(host: str, api_client: FlaskClient) -> None:
    """A page that points its own name at our address gets nothing (DNS rebinding)."""
    response = api_client.get("/api/todos", headers={"Host": host})

    assert response.status_code == 421


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_a_probe_under_any_name(path: str, client: FlaskClient) -> None:
    """Health checks ask by address."""
    response = client.get(path, headers={"Host": "10.0.0.1"})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("trusted", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9"), (2, "198.51.100.4")]
)
def test_believes_as_many_proxies_as_it_is_told_to(
    trusted: int, address: str, client_for: Callable[..., FlaskClient], attempts: FakeAttemptStore
) -> None:
    """A forwarded address counts only where a proxy of ours wrote it."""
    headers = {"X-Forwarded-For": "203.0.113.1, 198.51.100.4, 192.0.2.9"}

    client_for(trusted_proxies=trusted).post("/api/users", json=ADA, headers=headers)

    assert list(attempts.counts) == [f"sign-up {address}/32"]


@pytest.mark.usefixtures("correct_password")
@pytest.mark.parametrize(
    ("url", "secure"), [("https://todo.example", True), ("http://todo.example", False)]
)
def test_the_cookie_is_sent_by_https_alone_where_there_is_https(
    url: str, secure: bool, client_for: Callable[..., FlaskClient]
) -> None:
    """The public address decides whether the cookie is Secure; a proxy may ask us by HTTP."""
    api_client = client_for(url=url)

    response = api_client.post("/api/sessions", json=ADA, base_url="http://todo.example")

    assert ("Secure" in response.headers["Set-Cookie"]) == secure
