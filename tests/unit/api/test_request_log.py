"""The line that is logged for each request."""

import logging

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.breaches import PwnedPasswords
from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.api import make_flask
from tests.support.factories import (
    ADA,
    make_credentials,
    make_dependencies,
    make_site_config,
    make_tokens,
    make_user,
)


def test_logs_a_request_without_its_secrets(
    api_client: FlaskClient, token: str, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The log identifies the user and the token, but whoever reads it cannot use the token."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])
    caplog.set_level(logging.INFO)

    api_client.get("/api/todos?completed=true")

    [line] = [vars(record) for record in caplog.records]
    assert {name: line[name] for name in ("address", "path", "status", "user_id", "token_id")} == {
        "address": "127.0.0.1",
        "path": "/api/todos",
        "status": 200,
        "user_id": 7,
        "token_id": make_tokens().read(token).token_id,
    }
    assert token not in str(line)


def test_logs_the_address_of_the_client(caplog: pytest.LogCaptureFixture) -> None:
    """Behind a proxy it is the client's address and not the proxy's, and has no port."""
    site = make_site_config(trusted_proxies=1)
    client = make_flask(make_dependencies(site=site)).test_client()
    caplog.set_level(logging.INFO)

    client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.1, [2001:db8::1]:5050"})

    assert [vars(record)["address"] for record in caplog.records] == ["2001:db8::1"]


def test_logs_who_signed_in(
    client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The line has the user and the id of the new token, by which its requests can be found."""
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=make_credentials())
    caplog.set_level(logging.INFO)

    token = client.post("/api/sessions", json=ADA).get_json()["token"]

    [line] = [vars(record) for record in caplog.records]
    assert line["user_id"] == 7
    assert line["token_id"] == make_tokens().read(token).token_id
    assert token not in str(line)


def test_logs_who_signed_up(
    client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The line has the id of the new account."""
    mocker.patch.object(PwnedPasswords, "contain", autospec=True, return_value=False)
    mocker.patch.object(UserRepository, "add", autospec=True, return_value=make_user())
    caplog.set_level(logging.INFO)

    client.post("/api/users", json=ADA)

    assert [vars(record)["user_id"] for record in caplog.records] == [7]


@pytest.mark.parametrize("found", [True, False], ids=["known", "unknown"])
def test_logs_no_email_of_a_failed_sign_in(
    client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture, *, found: bool
) -> None:
    """People type their password into the wrong field; the address is what an operator needs."""
    ada = make_credentials() if found else None
    mocker.patch.object(UserRepository, "find", autospec=True, return_value=ada)
    caplog.set_level(logging.DEBUG)
    body = {"email": "My Password", "password": "not the password"}

    client.post("/api/sessions", json=body, environ_overrides={"REMOTE_ADDR": "192.0.2.9"})

    [line] = [vars(record) for record in caplog.records]
    assert line["address"] == "192.0.2.9"
    assert line["user_id"] is None
    assert "password" not in str(line).lower()


def test_logs_how_long_a_request_took(
    client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The duration is in milliseconds, with one decimal."""
    clock = mocker.patch("app.api.request_hooks.time", autospec=True)
    clock.perf_counter.side_effect = [100, 100.0123]
    caplog.set_level(logging.INFO)

    client.get("/healthz")

    assert [vars(record)["milliseconds"] for record in caplog.records] == [12.3]
