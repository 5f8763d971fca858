"""The handshake of a WebSocket: credentials, origins and headers, on a real port."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection, HTTPResponse

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from tests.support.api_client import SITE_URL, make_token
from tests.support.live_server import LiveServer, live_server
from tests.support.waiting import HANG_SECONDS

# The example of RFC 6455, section 1.3.
HANDSHAKE = {
    "Host": "localhost",
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
COOKIE = "session"
Handshake = Callable[..., HTTPResponse]


@pytest.fixture(scope="module")
def server(migrated_url: str, database: Database) -> Iterator[LiveServer]:
    """Start one server for the whole file: no test changes it."""
    with live_server(migrated_url, database) as server:
        yield server


@pytest.fixture
def handshake(server: LiveServer) -> Iterator[Handshake]:
    """Send the handshake with other headers, by keyword; None leaves a header out."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=HANG_SECONDS)) as connection:
        yield partial(send_handshake, connection)


def send_handshake(connection: HTTPConnection, **headers: str | None) -> HTTPResponse:
    """Send the handshake with these changes and return the response."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in (HANDSHAKE | named).items() if value is not None}
    connection.request("GET", "/api/live", headers=sent)
    return connection.getresponse()


@pytest.fixture
def token(ada: FlaskClient) -> str:
    """Take the token out of the Authorization header."""
    return str(ada.environ_base["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")


@pytest.mark.parametrize("origin", [None, "https://other.example"])
def test_accepts_a_bearer_token_from_any_origin(
    handshake: Handshake, token: str, origin: str | None
) -> None:
    """With a token in the header the origin does not matter: no browser can set that header."""
    response = handshake(Authorization=f"Bearer {token}", Origin=origin)

    # The example's answer, from the same section of the RFC.
    assert response.status == 101
    assert response.headers["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def test_accepts_the_cookie_from_our_own_page(handshake: Handshake, token: str) -> None:
    """A browser sends the cookie by itself, so the origin must be ours."""
    response = handshake(Cookie=f"{COOKIE}={token}", Origin=SITE_URL)

    assert response.status == 101


@pytest.mark.parametrize(
    "origin", [None, "null", "https://other.example", "https://localhost", "http://localhost:1"]
)
def test_refuses_the_cookie_from_another_origin(
    handshake: Handshake, token: str, origin: str | None
) -> None:
    """Browsers let any site open a WebSocket, and the cookie comes with it."""
    response = handshake(Cookie=f"{COOKIE}={token}", Origin=origin)

    assert response.status == 403
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer nonsense", "Basic YWRhOmFkYQ=="],
    ids=["none", "nonsense", "not bearer"],
)
def test_refuses_a_request_without_a_token(handshake: Handshake, authorization: str | None) -> None:
    """Our own origin alone is no credential."""
    response = handshake(Authorization=authorization, Origin=SITE_URL)

    assert response.status == 401
    assert response.headers["WWW-Authenticate"].split()[0] == "Bearer"


def test_refuses_an_expired_token(handshake: Handshake) -> None:
    """The time of expiry is checked before the connection is accepted, not only later."""
    expired = make_token(1, lifetime=timedelta(minutes=-1))

    response = handshake(Authorization=f"Bearer {expired}")

    assert response.status == 401


def test_a_bad_header_does_not_fall_back_to_the_cookie(handshake: Handshake, token: str) -> None:
    """A wrong Authorization header is an error, although the cookie beside it is valid.

    Sibling: tests/unit/api/test_auth.py::test_a_bad_header_does_not_fall_back_to_the_cookie.
    """
    response = handshake(
        Authorization="Bearer nonsense", Cookie=f"{COOKIE}={token}", Origin=SITE_URL
    )

    assert response.status == 401


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Upgrade", None, 426),
        ("Upgrade", "h2c", 426),
        ("Connection", "close", 426),
        ("Sec_WebSocket_Version", None, 426),
        ("Sec_WebSocket_Version", "8", 426),
        ("Sec_WebSocket_Key", None, 400),
        ("Sec_WebSocket_Key", "too short", 400),
        ("Host", "other.example", 421),
    ],
)
def test_refuses_a_malformed_handshake(
    handshake: Handshake, token: str, header: str, value: str | None, status: int
) -> None:
    """The service checks what the WebSocket library would answer with 500 or not at all."""
    response = handshake(Authorization=f"Bearer {token}", **{header: value})

    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
