"""What the log says of a request."""

import logging

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from tests.support.unit_factories import USER_ID


def test_logs_a_request_without_its_secrets(
    api_client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says who did what and how it ended, by the token's id and never by the token."""
    caplog.set_level(logging.INFO)

    api_client.get("/api/todos?completed=true")

    [line] = [vars(record) for record in caplog.records]
    assert {
        "path": "/api/todos",
        "status": 200,
        "user_id": USER_ID,
        "token_id": "an id",
    }.items() <= line.items()
    assert "a.valid.token" not in str(line)


def test_logs_how_long_a_request_took(
    api_client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says in milliseconds how long the answer took."""
    clock = mocker.patch("app.api.request_hooks.time", autospec=True)
    clock.perf_counter.side_effect = [100, 100.0123]
    caplog.set_level(logging.INFO)

    api_client.get("/api/todos")

    assert [vars(record)["milliseconds"] for record in caplog.records] == [12.3]
