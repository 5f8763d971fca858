"""The sentences that people read when a request is rejected."""

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture
from werkzeug.test import TestResponse

from app.adapters.todos import TodoRepository
from app.domain.errors import ListFullError, StorageUnavailableError, UnknownUserError
from app.domain.limits import Limit
from tests.support.factories import ADA, NOW
from tests.support.fakes import FakeAttemptStore


def detail_of(response: TestResponse) -> object:
    """Return the sentence for a person."""
    return response.get_json()["detail"]


def test_explains_that_a_todo_does_not_exist(
    api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """The sentence is the same for another user's todo, so it reveals nothing about it."""
    mocker.patch.object(TodoRepository, "get", autospec=True, return_value=None)

    response = api_client.get("/api/todos/1")

    assert detail_of(response) == "There is no such todo."


def test_explains_how_to_authenticate(client: FlaskClient) -> None:
    """Without a token, a person is told to sign in and a programmer which header to send."""
    response = client.get("/api/todos")

    assert detail_of(response) == "Sign in, or send a token as Authorization: Bearer."


def test_explains_that_the_token_is_invalid(client: FlaskClient) -> None:
    """An expired token and a forged one get the same sentence: both need a new sign-in."""
    response = client.get("/api/todos", headers={"Authorization": "Bearer not.a.token"})

    assert detail_of(response) == "The token is not valid (any more). Sign in again."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UnknownUserError, "This account is not there any more."),
        (ListFullError, "The list is full. Delete a todo before you add another."),
        (
            StorageUnavailableError,
            "The service cannot do this just now. Try again in a few seconds.",
        ),
        (RuntimeError, "Something went wrong on our side, not yours."),
    ],
)
def test_explains_what_went_wrong(
    error: type[Exception], sentence: str, api_client: FlaskClient, mocker: MockerFixture
) -> None:
    """Each error that a dependency raises has a sentence of its own."""
    mocker.patch.object(TodoRepository, "add", autospec=True, side_effect=error)

    response = api_client.post("/api/todos", json={"title": "Buy milk"})

    assert detail_of(response) == sentence


@pytest.mark.usefixtures("frozen_clock")
def test_explains_that_there_were_too_many_attempts(
    client: FlaskClient, attempts: FakeAttemptStore
) -> None:
    """The sentence gives no number of seconds: that is in the Retry-After header."""
    for _ in range(3):
        attempts.count([Limit("sign-up 127.0.0.1/32", 3)], NOW)

    response = client.post("/api/users", json=ADA)

    assert detail_of(response) == "There were too many attempts. Wait before you try again."


def test_a_single_error_has_no_list_of_errors(client: FlaskClient) -> None:
    """The list `errors` is for validation errors, which point at parts of the body."""
    response = client.get("/api/nothing")

    assert "errors" not in response.get_json()
