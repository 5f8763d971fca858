"""Who may open a page: tokens, cookies and origins, on a real port."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection, HTTPResponse

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from app.api.auth import COOKIE
from tests.support.api_client import SITE_URL, make_token
from tests.support.live_service import Service, serve

# The example of RFC 6455, section 1.3.
HANDSHAKE = {
    "Host": "localhost",
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
Handshake = Callable[..., HTTPResponse]


@pytest.fixture(scope="module")
def service(migrated_url: str, database: Database) -> Iterator[Service]:
    """Return a service that listens."""
    with serve(migrated_url, database) as service:
        yield service


@pytest.fixture
def shake_hands(service: Service) -> Iterator[Handshake]:
    """Return what asks the service for a WebSocket."""
    with closing(HTTPConnection("127.0.0.1", service.port, timeout=10)) as connection:
        yield partial(ask, connection)


def ask(connection: HTTPConnection, **headers: str | None) -> HTTPResponse:
    """Ask for a WebSocket with these headers too; None leaves one out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in (HANDSHAKE | named).items() if value is not None}
    connection.request("GET", "/api/live", headers=sent)
    return connection.getresponse()


@pytest.fixture
def token(ada: FlaskClient) -> str:
    """Return Ada's token."""
    return str(ada.environ_base["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example"])
def test_lets_a_program_in(shake_hands: Handshake, token: str, origin: str | None) -> None:
    """With a token in the header, where the request comes from does not matter."""
    response = shake_hands(Authorization=f"Bearer {token}", Origin=origin)

    # The example's answer, from the same section of the RFC.
    assert response.status == 101
    assert response.headers["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def test_lets_our_own_page_in(shake_hands: Handshake, token: str) -> None:
    """With the cookie, a page of our own origin may follow."""
    response = shake_hands(Cookie=f"{COOKIE}={token}", Origin=SITE_URL)

    assert response.status == 101


@pytest.mark.parametrize(
    "origin", [None, "null", "https://elsewhere.example", "https://localhost", "http://localhost:1"]
)
def test_refuses_a_foreign_page(shake_hands: Handshake, token: str, origin: str | None) -> None:
    """With the cookie, no page but our own may follow: browsers would let it."""
    response = shake_hands(Cookie=f"{COOKIE}={token}", Origin=origin)

    assert response.status == 403
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Bearer nonsense",
        "Basic YWRhOmFkYQ==",
        f"Bearer {make_token(1, lifetime=timedelta(minutes=-1))}",
    ],
    ids=["none", "nonsense", "no bearer", "expired"],
)
def test_refuses_who_is_not_signed_in(shake_hands: Handshake, authorization: str | None) -> None:
    """Without a valid token there is nothing to follow."""
    response = shake_hands(Authorization=authorization, Origin=SITE_URL)

    assert response.status == 401
    assert response.headers["WWW-Authenticate"].split()[0] == "Bearer"


def test_a_bad_header_does_not_fall_back_to_the_cookie(shake_hands: Handshake, token: str) -> None:
    """A header that is there and wrong is an error, whatever the cookie says.

    Sibling: tests/unit/api/test_auth.py::test_a_bad_header_does_not_fall_back_to_the_cookie.
    """
    response = shake_hands(
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
        ("Host", "elsewhere.example", 421),
    ],
)
def test_refuses_what_is_no_handshake(
    shake_hands: Handshake, token: str, header: str, value: str | None, status: int
) -> None:
    """What the WebSocket library would answer with an error of its own is refused before."""
    response = shake_hands(Authorization=f"Bearer {token}", **{header: value})

    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
