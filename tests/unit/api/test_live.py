"""The WebSocket handshake: a rejected one gets an ordinary HTTP response."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.live import LiveUpdates
from app.adapters.todos import TodoRepository
from app.domain.errors import BusyError, TooManyPagesError
from app.domain.live import Author
from tests.support.factories import SITE_URL, USER_ID

# The example of RFC 6455, section 1.3.
HANDSHAKE = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("missing", ["Connection", "Upgrade"])
def test_asks_for_websocket(missing: str, api_client: FlaskClient) -> None:
    """A plain GET is told which protocol to upgrade to (RFC 9110, section 15.5.22)."""
    headers = {name: value for name, value in HANDSHAKE.items() if name != missing}

    response = api_client.get("/api/live", headers=headers)

    assert response.status_code == 426
    assert response.headers["Upgrade"] == "websocket"


@pytest.mark.parametrize("version", ["8", "", "13, 8"])
def test_supports_one_version(version: str, api_client: FlaskClient) -> None:
    """Any other version gets the supported one in the response (RFC 6455, section 4.4)."""
    response = api_client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Version": version})

    assert response.status_code == 426
    assert response.headers["Sec-WebSocket-Version"] == "13"


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("", id="none"),
        pytest.param("dG9vIHNob3J0", id="too short"),
        pytest.param("c2V2ZW50ZWVuIGJ5dGVzISE=", id="too long"),
        pytest.param("dGhlIHNhbXBs!ZSBub25jZQ==", id="not base64"),
        pytest.param("é", id="not ASCII"),
    ],
)
def test_requires_a_key_of_16_bytes(key: str, api_client: FlaskClient) -> None:
    """The WebSocket library does not check the key, although RFC 6455 requires it."""
    response = api_client.get("/api/live", headers=HANDSHAKE | {"Sec-WebSocket-Key": key})

    assert response.status_code == 400


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer not.a.token"}], ids=["no token", "invalid token"]
)
def test_live_updates_require_a_token(headers: dict[str, str], client: FlaskClient) -> None:
    """Authentication comes before the handshake, so no socket is opened without it."""
    response = client.get("/api/live", headers=HANDSHAKE | headers)

    assert response.status_code == 401


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_refuses_another_sites_page(
    origin: dict[str, str], browser_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Browsers let any page open a WebSocket to us with our cookie; only its Origin tells."""
    join = mocker.patch.object(LiveUpdates, "join", autospec=True)

    response = browser_client.get("/api/live", headers=HANDSHAKE | origin)

    assert response.status_code == 403
    join.assert_not_called()


def test_a_full_service_refuses_the_handshake(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The client learns before the handshake that it has to wait, and for how long."""
    mocker.patch.object(LiveUpdates, "join", autospec=True, side_effect=BusyError)

    response = api_client.get("/api/live", headers=HANDSHAKE)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"


def test_an_account_with_too_many_pages_is_told_so(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The service is not busy: closing a page helps, and the answer says so."""
    mocker.patch.object(LiveUpdates, "join", autospec=True, side_effect=TooManyPagesError)

    response = api_client.get("/api/live", headers=HANDSHAKE)

    assert response.status_code == 429
    assert "Close some" in response.get_json()["detail"]
    assert response.headers["Retry-After"] == "5"


def test_accepts_our_own_page_by_its_id(browser_client: FlaskClient, mocker: MockerFixture) -> None:
    """A page with the cookie and our Origin joins under the id that it gave itself.

    The limit ends the request: Flask's test client has no socket for a real handshake.
    """
    join = mocker.patch.object(LiveUpdates, "join", autospec=True, side_effect=BusyError)

    browser_client.get("/api/live?page=page-1", headers=HANDSHAKE | {"Origin": SITE_URL})

    join.assert_called_once_with(mocker.ANY, Author(USER_ID, "page-1"))


def test_names_the_page_that_made_a_change(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """The store learns the page's id from its header, so that the page can ignore the echo."""
    delete_all = mocker.patch.object(TodoRepository, "delete_all", autospec=True)

    api_client.delete("/api/todos", headers={"X-Page-Id": "page-1"})

    delete_all.assert_called_once_with(mocker.ANY, Author(USER_ID, "page-1"), completed=None)


def test_signing_out_ends_the_pages_connection(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The page that signs out gets no more updates; the user's other pages do."""
    sign_out = mocker.patch.object(LiveUpdates, "sign_out", autospec=True)

    api_client.delete("/api/sessions/current", headers={"X-Page-Id": "page-1"})

    sign_out.assert_called_once_with(mocker.ANY, Author(USER_ID, "page-1"))
