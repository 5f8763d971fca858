"""Cross-site request forgery: what another site's page can make a browser do here."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from tests.support.factories import ADA, SITE_URL, make_credentials


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 200, id="our page"),
        pytest.param({"Origin": SITE_URL}, 200, id="our page, older browser"),
        pytest.param({"Origin": "http://127.0.0.1"}, 200, id="our other name"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="other site"),
        pytest.param({"Sec-Fetch-Site": "none"}, 403, id="no site"),
        pytest.param({"Sec-Fetch-Site": "same-site", "Origin": SITE_URL}, 403, id="sibling"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="other origin"),
        pytest.param({"Origin": "https://localhost"}, 403, id="other scheme"),
        pytest.param({"Origin": "http://localhost:81"}, 403, id="other port"),
        pytest.param({"Origin": "null"}, 403, id="null origin"),
        pytest.param({}, 403, id="neither header"),
    ],
)
def test_a_write_with_the_cookie_must_come_from_our_page(
    headers: dict[str, str], status: int, browser_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The browser names the origin of a request, so another site cannot write with our cookie."""
    mocker.patch.object(TodoRepository, "change_all", autospec=True, return_value=[])

    response = browser_client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/todos"),
        ("PATCH", "/api/todos"),
        ("DELETE", "/api/todos"),
        ("PATCH", "/api/todos/1"),
        ("DELETE", "/api/todos/1"),
        ("DELETE", "/api/sessions/current"),
        ("POST", "/api/sessions"),
        ("POST", "/api/users"),
    ],
)
def test_no_write_is_left_out(method: str, path: str, browser_client: FlaskClient) -> None:
    """Every route that changes something rejects the request of another site's page."""
    headers = {"Origin": "http://evil.example"}

    response = browser_client.open(path, method=method, json={}, headers=headers)

    assert response.status_code == 403


def test_a_write_with_a_token_in_the_header_may_come_from_anywhere(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Another site cannot make a browser send our token in a header, so programs need no origin."""
    mocker.patch.object(TodoRepository, "change_all", autospec=True, return_value=[])
    headers = {"Origin": "http://elsewhere.example"}

    response = api_client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert response.status_code == 200


def test_a_read_with_the_cookie_may_come_from_anywhere(
    browser_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Reading changes nothing, and the browser keeps the response from the other site's page."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])

    response = browser_client.get("/api/todos", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 201, id="no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 201, id="our page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="other site"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="other origin"),
    ],
)
def test_another_site_cannot_sign_a_browser_in(
    headers: dict[str, str], status: int, client: FlaskClient, mocker: MockerFixture
) -> None:
    """Otherwise people could use an attacker's account without noticing (login CSRF)."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())

    response = client.post("/api/sessions", json=ADA, headers=headers)

    assert response.status_code == status
