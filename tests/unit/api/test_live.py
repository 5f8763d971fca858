"""The handshake of live updates: every refusal is an ordinary answer, before any WebSocket."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from app.domain.errors import BusyError, InvalidTokenError
from app.domain.live import Author
from tests.support.unit_factories import SITE_URL, USER_ID

# The example of RFC 6455, section 1.3.
HANDSHAKE = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("missing", ["Connection", "Upgrade"])
def test_asks_for_websocket(missing: str, api_client: FlaskClient, live: Mock) -> None:
    """A request that does not ask for WebSocket is told to."""
    headers = {name: value for name, value in HANDSHAKE.items() if name != missing}

    response = api_client.get("/api/live", headers=headers)

    assert response.status_code == 426
    assert response.headers["Upgrade"] == "websocket"
    live.join.assert_not_called()


@pytest.mark.parametrize("version", ["8", "", "13, 8"])
def test_speaks_one_version(version: str, api_client: FlaskClient) -> None:
    """Another version is answered with the right one (RFC 6455, section 4.4)."""
    response = api_client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Version": version})

    assert response.status_code == 426
    assert response.headers["Sec-WebSocket-Version"] == "13"


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
def test_wants_a_key_of_16_bytes(key: str, api_client: FlaskClient) -> None:
    """A key that is none is a bad request."""
    response = api_client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Key": key})

    assert response.status_code == 400


def test_asks_who_is_there(client: FlaskClient) -> None:
    """Without a token there is nothing to follow."""
    response = client.get("/api/live", headers=HANDSHAKE)

    assert response.status_code == 401


def test_refuses_a_bad_token(api_client: FlaskClient, tokens: Mock) -> None:
    """A token that is not valid opens no connection."""
    tokens.read.side_effect = InvalidTokenError

    response = api_client.get("/api/live", headers=HANDSHAKE)

    assert response.status_code == 401


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_refuses_another_sites_page(
    origin: dict[str, str], client: FlaskClient, live: Mock
) -> None:
    """Browsers let any page open a WebSocket to us with our cookie, so we look at its origin."""
    client.set_cookie("session", "a.valid.token")

    response = client.get("/api/live", headers=HANDSHAKE | origin)

    assert response.status_code == 403
    live.join.assert_not_called()


@pytest.mark.usefixtures("full_service")
def test_refuses_a_page_too_many(api_client: FlaskClient) -> None:
    """A full house is said before the handshake, with a time to wait."""
    response = api_client.get("/api/live", headers=HANDSHAKE)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.usefixtures("full_service")
def test_lets_our_own_page_come_as_far_as_the_house(client: FlaskClient, live: Mock) -> None:
    """Our page, with the cookie and our origin, is let through under the name it gave itself."""
    client.set_cookie("session", "a.valid.token")

    client.get("/api/live?page=page-1", headers=HANDSHAKE | {"Origin": SITE_URL})

    live.join.assert_called_once_with(Author(USER_ID, "page-1"))


@pytest.fixture
def full_service(live: Mock) -> None:
    """Leave no room for another page."""
    live.join.side_effect = BusyError


def test_names_the_page_that_writes(api_client: FlaskClient, todos: Mock) -> None:
    """The header by which a page knows its own changes again gets as far as the store."""
    api_client.delete("/api/todos", headers={"X-Page-Id": "page-1"})

    todos.delete_all.assert_called_once_with(Author(USER_ID, "page-1"), completed=None)


def test_signing_out_lets_the_page_go(api_client: FlaskClient, live: Mock) -> None:
    """The page that signs out is not told of changes any more."""
    api_client.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    live.sign_out.assert_called_once_with(Author(USER_ID, "page-1"))
