"""Where the service is reached: host names, proxies and HTTPS."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.database import Database
from app.adapters.users import UserRepository
from app.api import make_flask
from tests.support.factories import (
    ADA,
    make_credentials,
    make_dependencies,
    make_site_config,
)
from tests.support.fakes import FakeAttemptStore


@pytest.mark.parametrize("host", ["evil.example", "localhost:81", "127.0.0.1.evil.example"])
def test_answers_to_its_own_name_alone(host: str, api_client: FlaskClient) -> None:
    """A page that points its own host name at our address gets nothing (DNS rebinding)."""
    response = api_client.get("/api/todos", headers={"Host": host})

    assert response.status_code == 421


@pytest.mark.parametrize(
    "host", ["LocalHost", "localhost.", "localhost:80", "LOCALHOST.:80", "127.0.0.1:80", "[::1]"]
)
def test_answers_to_its_name_however_it_is_written(host: str, client: FlaskClient) -> None:
    """Case, a dot at the end and the default port make no other name (RFC 9110)."""
    response = client.get("/", headers={"Host": host})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("todo.example", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("localhost", 421),
        ("localhost:8001", 421),
    ],
)
def test_a_tunnel_may_name_the_local_port(host: str, status: int) -> None:
    """A tunnel ends on this machine, where only programs of this machine can connect."""
    site = make_site_config(url="https://todo.example", local_port=8000)
    client = make_flask(make_dependencies(site=site)).test_client()

    response = client.get("/", headers={"Host": host})

    assert response.status_code == status


def test_tells_a_program_which_setting_names_the_host(client: FlaskClient) -> None:
    """The problem document does not repeat the name, which differs from request to request."""
    response = client.get("/", headers={"Host": "tunnel.example"})

    assert response.content_type == "application/problem+json"
    assert "PUBLIC_URL" in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("host", "setting"),
    [
        ("name-8000.tunnel.example", "PUBLIC_URL=https://name-8000.tunnel.example make run"),
        ("192.168.1.5:8000", "PUBLIC_URL=http://192.168.1.5:8000 make run"),
        ("<b>tunnel", "PUBLIC_URL=https://todo.example.org make run"),
    ],
)
def test_tells_a_person_what_to_set(host: str, setting: str, client: FlaskClient) -> None:
    """A browser shows a page, without markup from the name under which it was asked for."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    response = client.get("/", headers={"Host": host, "Accept": accept})

    assert response.status_code == 421
    assert response.mimetype == "text/html"
    assert f"<pre>{setting}</pre>" in response.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_a_health_check_under_any_name(
    path: str, client: FlaskClient, mocker: MockerFixture
) -> None:
    """Load balancers send health checks to an IP address."""
    mocker.patch.object(Database, "check", autospec=True)

    response = client.get(path, headers={"Host": "10.0.0.1"})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("trusted", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9"), (2, "198.51.100.4")]
)
def test_believes_only_the_trusted_proxies(
    trusted: int, address: str, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """Each trusted proxy vouches for one address of X-Forwarded-For, counted from the right."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)
    site = make_site_config(trusted_proxies=trusted)
    client = make_flask(make_dependencies(site=site, attempts=attempts)).test_client()
    headers = {"X-Forwarded-For": "203.0.113.1, 198.51.100.4, 192.0.2.9"}

    client.post("/api/sessions", json=ADA, headers=headers)

    assert f"sign-in {address}/32" in attempts.counts


@pytest.mark.parametrize("peer", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_counts_by_the_address_in_its_one_form(
    peer: str, client: FlaskClient, attempts: FakeAttemptStore, mocker: MockerFixture
) -> None:
    """A server that listens on :: sees IPv4 clients as IPv6 addresses."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=None)

    client.post("/api/sessions", json=ADA, environ_overrides={"REMOTE_ADDR": peer})

    assert "sign-in 127.0.0.1/32" in attempts.counts


@pytest.mark.parametrize(
    ("url", "secure"), [("https://todo.example", True), ("http://todo.example", False)]
)
def test_the_cookie_is_secure_if_the_public_url_is_https(
    url: str, secure: bool, mocker: MockerFixture
) -> None:
    """The request does not decide it: a proxy may end TLS and forward plain HTTP."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    client = make_flask(make_dependencies(site=make_site_config(url=url))).test_client()

    response = client.post("/api/sessions", json=ADA, base_url="http://todo.example")

    assert ("Secure" in response.headers["Set-Cookie"]) == secure
