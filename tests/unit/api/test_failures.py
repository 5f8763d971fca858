"""What a client and an operator learn when a dependency fails."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.adapters.todos import TodoRepository
from app.domain.errors import ListFullError, StorageUnavailableError


def test_a_full_list_is_a_conflict(api_client: FlaskClient, mocker: MockerFixture) -> None:
    """The request is valid, but the list has no room for it: 409, and no reason to try again."""
    mocker.patch.object(TodoRepository, "add", autospec=True, side_effect=ListFullError)

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert response.status_code == 409
    assert "Retry-After" not in response.headers


def test_says_when_to_retry_during_an_outage(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """While the database is away, clients get 503 with a Retry-After header, not an error 500."""
    mocker.patch.object(TodoRepository, "list", autospec=True, side_effect=StorageUnavailableError)

    response = api_client.get("/api/todos")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"


def test_logs_an_outage(
    api_client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """An operator finds the database's own message in the log, but clients never see it."""
    error = StorageUnavailableError("connection refused")
    mocker.patch.object(TodoRepository, "list", autospec=True, side_effect=error)

    api_client.get("/api/todos")

    assert caplog.messages == ["unavailable: StorageUnavailableError connection refused"]


def test_an_unexpected_error_reveals_nothing(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The response does not contain the exception's text, which may hold a query or a password."""
    error = RuntimeError("the cause")
    mocker.patch.object(TodoRepository, "list", autospec=True, side_effect=error)

    response = api_client.get("/api/todos")

    assert response.status_code == 500
    assert b"the cause" not in response.data


def test_an_unexpected_error_is_logged(
    api_client: FlaskClient, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the exception with its traceback, since the response reveals nothing."""
    error = RuntimeError("the cause")
    mocker.patch.object(TodoRepository, "list", autospec=True, side_effect=error)

    api_client.get("/api/todos")

    assert "RuntimeError: the cause" in caplog.text
