"""What a test double is worth: what autospec checks, and what it does not."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.ports import TodoStore


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda todos: todos.get(7), id="an argument missing"),
        pytest.param(lambda todos: todos.get(7, 1, "more"), id="an argument too many"),
        pytest.param(lambda todos: todos.list(7, done=True), id="an argument of another name"),
        pytest.param(lambda todos: todos.fetch(7, 1), id="a method that the port does not have"),
    ],
)
def test_a_mock_refuses_what_its_port_would(
    call: Callable[[Mock], object], mocker: MockerFixture
) -> None:
    """Autospec compares each call with the port's signature, so a test fails when they differ."""
    todos = mocker.create_autospec(TodoStore, instance=True)

    with pytest.raises((TypeError, AttributeError), match=r"argument|attribute"):
        call(todos)


def test_a_mock_does_not_look_at_types(mocker: MockerFixture) -> None:
    """Autospec checks the names and the number of arguments, and accepts a name as an id.

    The type checker finds such a mistake in the service's code; a mock accepts it.
    """
    todos = mocker.create_autospec(TodoStore, instance=True)

    todos.get("ada", None)

    todos.get.assert_called_once_with("ada", None)


def test_a_test_has_to_say_what_the_database_answers(api_client: FlaskClient) -> None:
    """A test that reaches PostgreSQL by accident fails, even if it expects an error response."""
    with pytest.raises(pytest.fail.Exception, match="does not reach PostgreSQL"):
        api_client.get("/api/todos")
