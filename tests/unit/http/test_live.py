"""The handshake of live updates: every refusal is an ordinary answer, before any WebSocket."""

from http import HTTPStatus
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import BusyError, InvalidTokenError
from app.domain.live import Author
from tests.unit.builders import SITE_URL, USER_ID

# The example of RFC 6455, section 1.3.
HANDSHAKE = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("missing", ["Connection", "Upgrade"])
def test_asks_for_websocket(missing: str, client: FlaskClient, live: Mock) -> None:
    """A request that does not ask for WebSocket is told to."""
    headers = {name: value for name, value in HANDSHAKE.items() if name != missing}

    response = client.get("/api/live", headers=headers)

    assert (HTTPStatus.UPGRADE_REQUIRED, "websocket") == (
        response.status_code,
        response.headers["Upgrade"],
    )
    live.join.assert_not_called()


@pytest.mark.parametrize("version", ["8", "", "13, 8"])
def test_speaks_one_version(version: str, client: FlaskClient) -> None:
    """Another version is answered with the right one (RFC 6455, section 4.4)."""
    response = client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Version": version})

    assert (HTTPStatus.UPGRADE_REQUIRED, "13") == (
        response.status_code,
        response.headers["Sec-WebSocket-Version"],
    )


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("", id="none"),
        pytest.param("dG9vIHNob3J0", id="too short"),
        pytest.param("c2V2ZW50ZWVuIGJ5dGVzISE=", id="too long"),
        pytest.param("dGhlIHNhbXBs!ZSBub25jZQ==", id="a letter that Base64 has not"),
        pytest.param("é", id="not ASCII"),
    ],
)
def test_wants_a_key_of_16_bytes(key: str, client: FlaskClient) -> None:
    """A key that is none is a bad request."""
    response = client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Key": key})

    assert HTTPStatus.BAD_REQUEST == response.status_code


def test_asks_who_is_there(anonymous: FlaskClient) -> None:
    """Without a token there is nothing to follow."""
    response = anonymous.get("/api/live", headers=HANDSHAKE)

    assert HTTPStatus.UNAUTHORIZED == response.status_code


def test_refuses_a_bad_token(client: FlaskClient, tokens: Mock) -> None:
    """A token that is not valid opens no connection."""
    tokens.read.side_effect = InvalidTokenError

    response = client.get("/api/live", headers=HANDSHAKE)

    assert HTTPStatus.UNAUTHORIZED == response.status_code


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_refuses_another_sites_page(
    origin: dict[str, str], anonymous: FlaskClient, live: Mock
) -> None:
    """Browsers let any page open a WebSocket to us with our cookie, so we look at its origin."""
    anonymous.set_cookie("session", "a.valid.token")

    response = anonymous.get("/api/live", headers=HANDSHAKE | origin)

    assert HTTPStatus.FORBIDDEN == response.status_code
    live.join.assert_not_called()


@pytest.mark.usefixtures("full_house")
def test_refuses_a_page_too_many(client: FlaskClient) -> None:
    """A full house is said before the handshake, with a time to wait."""
    response = client.get("/api/live", headers=HANDSHAKE)

    assert HTTPStatus.SERVICE_UNAVAILABLE == response.status_code
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.usefixtures("full_house")
def test_lets_our_own_page_come_as_far_as_the_house(anonymous: FlaskClient, live: Mock) -> None:
    """Our page, with the cookie and our origin, is let through under the name it gave itself."""
    anonymous.set_cookie("session", "a.valid.token")

    anonymous.get("/api/live?page=page-1", headers=HANDSHAKE | {"Origin": SITE_URL})

    live.join.assert_called_once_with(Author(USER_ID, "page-1"))


@pytest.fixture
def full_house(live: Mock) -> None:
    """Leave no room for another page."""
    live.join.side_effect = BusyError


def test_names_the_page_that_writes(client: FlaskClient, todos: Mock) -> None:
    """The header by which a page knows its own changes again gets as far as the store."""
    client.delete("/api/todos", headers={"X-Page-Id": "page-1"})

    todos.delete_all.assert_called_once_with(Author(USER_ID, "page-1"), completed=None)


def test_signing_out_lets_the_page_go(client: FlaskClient, live: Mock) -> None:
    """The page that signs out is not told of changes any more."""
    client.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    live.sign_out.assert_called_once_with(Author(USER_ID, "page-1"))
