"""The line that is logged for each request."""

import logging

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from tests.support.factories import make_tokens


def test_logs_a_request_without_its_secrets(
    api_client: FlaskClient, token: str, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The log identifies the user and the token, but whoever reads it cannot use the token."""
    mocker.patch.object(TodoRepository, "list", autospec=True, return_value=[])
    caplog.set_level(logging.INFO)

    api_client.get("/api/todos?completed=true")

    [line] = [vars(record) for record in caplog.records]
    assert {name: line[name] for name in ("path", "status", "user_id", "token_id")} == {
        "path": "/api/todos",
        "status": 200,
        "user_id": 7,
        "token_id": make_tokens().read(token).token_id,
    }
    assert token not in str(line)


def test_logs_how_long_a_request_took(
    client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The duration is in milliseconds, with one decimal."""
    clock = mocker.patch("app.api.request_hooks.time", autospec=True)
    clock.perf_counter.side_effect = [100, 100.0123]
    caplog.set_level(logging.INFO)

    client.get("/healthz")

    assert [vars(record)["milliseconds"] for record in caplog.records] == [12.3]
