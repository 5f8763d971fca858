"""What the service says to people when it refuses: a sentence each, and what to do."""

from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.errors import InvalidTokenError, StorageUnavailableError, UnknownUserError
from tests.support.factories import NOW
from tests.support.fakes import FakeAttemptStore
from tests.support.unit_factories import ADA, RULES


def test_says_that_a_todo_is_not_there(api_client: FlaskClient, todos: Mock) -> None:
    """Whoever asks for a todo that is not theirs, or not there, hears the same."""
    todos.get.return_value = None

    assert said(api_client.get("/api/todos/1")) == "There is no such todo."


def test_asks_to_sign_in(client: FlaskClient) -> None:
    """Without a token a program is told how to send one."""
    response = client.get("/api/todos")

    assert said(response) == "Sign in, or send a token as Authorization: Bearer."


def test_asks_for_another_token(api_client: FlaskClient, tokens: Mock) -> None:
    """With a token that is refused, or no longer valid, a new one is needed."""
    tokens.read.side_effect = InvalidTokenError

    response = api_client.get("/api/todos")

    assert said(response) == "The token is not valid (any more). Sign in again."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UnknownUserError, "This account is not there any more."),
        (
            StorageUnavailableError,
            "The service cannot do this just now. Try again in a few seconds.",
        ),
        (RuntimeError, "Something went wrong on our side, not yours."),
    ],
)
def test_says_what_went_wrong(
    error: type[Exception], sentence: str, api_client: FlaskClient, todos: Mock
) -> None:
    """Each error that a part raises has its own sentence, and no error the other's."""
    todos.add.side_effect = error

    assert said(api_client.post("/api/todos", json={"title": "Buy milk"})) == sentence


@pytest.mark.usefixtures("frozen_clock")
def test_asks_to_wait(client: FlaskClient, attempts: FakeAttemptStore) -> None:
    """After too many attempts the next is told to wait."""
    [limit] = RULES.sign_up("127.0.0.1")
    for _ in range(limit.max_attempts):
        attempts.count([limit.key], NOW)

    response = client.post("/api/users", json=ADA)

    assert said(response) == "There were too many attempts. Wait before you try again."


def test_lists_no_faults_where_there_is_but_one(client: FlaskClient) -> None:
    """Only what has single faults to point at lists them."""
    assert "errors" not in client.get("/api/nothing").get_json()


def said(response: TestResponse) -> object:
    """Return the sentence for a person."""
    return response.get_json()["detail"]
