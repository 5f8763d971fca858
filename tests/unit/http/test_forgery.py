"""Other sites' pages: what they can make a browser do here, which is nothing."""

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.unit.builders import ADA, SITE_URL


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, HTTPStatus.OK, id="our page"),
        pytest.param({"Origin": SITE_URL}, HTTPStatus.OK, id="our page, older browser"),
        pytest.param({"Origin": "http://127.0.0.1"}, HTTPStatus.OK, id="our other name"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, HTTPStatus.FORBIDDEN, id="other site"),
        pytest.param({"Sec-Fetch-Site": "none"}, HTTPStatus.FORBIDDEN, id="no site"),
        pytest.param(
            {"Sec-Fetch-Site": "same-site", "Origin": SITE_URL}, HTTPStatus.FORBIDDEN, id="sibling"
        ),
        pytest.param({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN, id="other origin"),
        pytest.param({"Origin": "https://localhost"}, HTTPStatus.FORBIDDEN, id="other scheme"),
        pytest.param({"Origin": "http://localhost:81"}, HTTPStatus.FORBIDDEN, id="other port"),
        pytest.param({"Origin": "null"}, HTTPStatus.FORBIDDEN, id="null origin"),
        pytest.param({}, HTTPStatus.FORBIDDEN, id="no sign of a page"),
    ],
)
def test_a_write_with_the_cookie_must_come_from_our_page(
    headers: dict[str, str], status: HTTPStatus, our_page: FlaskClient
) -> None:
    """The browser says which page asks; another site's page cannot write with our cookie."""
    response = our_page.patch("/api/todos", json={"completed": True}, headers=headers)

    assert status == response.status_code


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
def test_no_write_is_left_out(method: str, path: str, our_page: FlaskClient) -> None:
    """Whatever would be changed, another site's page does not get to change it."""
    headers = {"Origin": "http://evil.example"}

    response = our_page.open(path, method=method, json={}, headers=headers)

    assert HTTPStatus.FORBIDDEN == response.status_code


def test_a_write_with_a_header_needs_no_page(client: FlaskClient) -> None:
    """No other site can make a browser send our token in a header, so a program just writes."""
    headers = {"Origin": "http://elsewhere.example"}

    response = client.patch("/api/todos", json={"completed": True}, headers=headers)

    assert HTTPStatus.OK == response.status_code


def test_a_read_with_the_cookie_needs_no_page(our_page: FlaskClient) -> None:
    """Reading changes nothing, and who may see the answer is the browser's affair."""
    response = our_page.get("/api/todos", headers={"Sec-Fetch-Site": "cross-site"})

    assert HTTPStatus.OK == response.status_code


@pytest.mark.usefixtures("right_password")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, HTTPStatus.CREATED, id="no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, HTTPStatus.CREATED, id="our page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, HTTPStatus.FORBIDDEN, id="other site"),
        pytest.param({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN, id="other origin"),
    ],
)
def test_another_site_cannot_sign_a_browser_in(
    headers: dict[str, str], status: HTTPStatus, anonymous: FlaskClient
) -> None:
    """Nobody is signed in to somebody else's account without noticing (login CSRF)."""
    response = anonymous.post("/api/sessions", json=ADA, headers=headers)

    assert status == response.status_code
