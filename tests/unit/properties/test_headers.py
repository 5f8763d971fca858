"""What holds for every header, whatever a client or a proxy writes into it."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.api import make_flask
from tests.support.factories import make_dependencies, make_site_config

HEADERS = [
    "Host",
    "Origin",
    "Cookie",
    "Authorization",
    "X-Forwarded-For",
    "Sec-Fetch-Site",
    "X-Page-Id",
    "Accept",
    "Content-Type",
    "Sec-WebSocket-Key",
]
# A header has the characters of ISO 8859-1 (RFC 9110, section 5.5), and no line break.
characters = st.characters(max_codepoint=0xFF, exclude_characters="\r\n")
pieces = st.sampled_from(["session=", "Bearer ", "localhost", ":", ",", '"', "[", "]", "%", "//"])
values = st.lists(pieces | st.text(characters, max_size=3), max_size=5).map("".join)


@pytest.fixture
def client(token: str, mocker: MockerFixture) -> FlaskClient:
    """Make a client once, behind a proxy: hypothesis runs a fixture once for all examples."""
    mocker.patch.object(TodoRepository, "change_all", autospec=True, return_value=[])
    client = make_flask(make_dependencies(site=make_site_config(trusted_proxies=1))).test_client()
    client.set_cookie("session", token)
    return client


@given(name=st.sampled_from(HEADERS), value=values)
def test_no_header_makes_an_error_of_ours(name: str, value: str, client: FlaskClient) -> None:
    """Whatever cannot be parsed is the client's error (4xx), or says nothing."""
    response = client.patch("/api/todos", json={"completed": True}, headers={name: value})

    assert response.status_code < 500
