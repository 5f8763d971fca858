"""Other sites' pages: what they can make a browser do here, which is nothing."""

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.support.unit_factories import ADA, SITE_URL


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
        pytest.param({}, 403, id="no sign of a page"),
    ],
)
def test_a_write_with_the_cookie_must_come_from_our_page(
    headers: dict[str, str], status: HTTPStatus, browser_client: FlaskClient
) -> None:
    """The browser says which page asks; another site's page cannot write with our cookie."""
    response = browser_client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
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
    """Whatever would be changed, another site's page does not get to change it."""
    headers = {"Origin": "http://evil.example"}

    response = browser_client.open(path, method=method, json={}, headers=headers)

    assert response.status_code == 403


def test_a_write_with_a_header_needs_no_page(api_client: FlaskClient) -> None:
    """No other site can make a browser send our token in a header, so a program just writes."""
    headers = {"Origin": "http://elsewhere.example"}

    response = api_client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert response.status_code == 200


def test_a_read_with_the_cookie_needs_no_page(browser_client: FlaskClient) -> None:
    """Reading changes nothing, and who may see the answer is the browser's affair."""
    response = browser_client.get("/api/todos", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 200


@pytest.mark.usefixtures("correct_password")
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
    headers: dict[str, str], status: HTTPStatus, client: FlaskClient
) -> None:
    """Nobody is signed in to somebody else's account without noticing (login CSRF)."""
    response = client.post("/api/sessions", json=ADA, headers=headers)

    assert response.status_code == status
