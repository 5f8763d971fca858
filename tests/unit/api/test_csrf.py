"""Cross-site request forgery: what another site's page can make a browser do here."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.api import make_flask
from tests.support.factories import (
    ADA,
    SITE_URL,
    make_credentials,
    make_dependencies,
    make_site_config,
)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 200, id="our page"),
        pytest.param({"Origin": SITE_URL}, 200, id="our page, older browser"),
        pytest.param({"Origin": "http://127.0.0.1"}, 200, id="our other name"),
        pytest.param({"Origin": "http://localhost."}, 200, id="our name with a dot"),
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


def test_a_token_beside_the_cookie_decides_alone(
    browser_client: FlaskClient, token: str, mocker: MockerFixture
) -> None:
    """A program that keeps cookies has one since its sign-in, and need not prove an origin."""
    mocker.patch.object(TodoRepository, "change_all", autospec=True, return_value=[])
    headers = {"Authorization": f"Bearer {token}"}

    response = browser_client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert response.status_code == 200


def test_a_program_that_keeps_cookies_signs_in_again(
    browser_client: FlaskClient, mocker: MockerFixture
) -> None:
    """It sends neither header, and the password proves who it is, not the cookie."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())

    response = browser_client.post("/api/sessions", json=ADA)

    assert response.status_code == 201


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_tells_what_to_send_instead_of_the_cookie(method: str, browser_client: FlaskClient) -> None:
    """A program that has only the cookie is told of the header, and an operator of the setting."""
    response = browser_client.open("/api/todos", method=method, json={"completed": True})

    assert "Authorization: Bearer" in response.get_json()["detail"]
    assert "PUBLIC_URL" in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8000", 201),
        ("https://localhost:8000", 201),
        ("https://127.0.0.1:8000", 201),
        ("https://localhost:8001", 403),
        ("http://todo.example", 403),
    ],
)
def test_a_tunnel_may_write_the_local_port_as_the_origin(
    origin: str, status: int, mocker: MockerFixture
) -> None:
    """GitHub Codespaces sends https://localhost:PORT as the Origin instead of its own address."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    site = make_site_config(url="https://todo.example", local_port=8000)
    client = make_flask(make_dependencies(site=site)).test_client()
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}

    response = client.post(
        "/api/sessions", json=ADA, headers=headers, base_url="https://todo.example"
    )

    assert response.status_code == status


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
