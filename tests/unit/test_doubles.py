"""What a test double is worth: what the mocks of this layer take, forget, and swallow."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from app.domain.errors import StorageUnavailableError
from tests.support.unit_factories import make_todo


@pytest.mark.parametrize("turn", ["one test", "another"])
def test_a_mock_keeps_nothing_for_the_next_test(turn: str, todos: Mock) -> None:
    """Mocks are shared, but what one test told them and asked of them is gone for the next."""
    seen = todos.get.call_count, todos.list(7, completed=None)

    todos.get.return_value = make_todo(title=turn)
    todos.list.side_effect = StorageUnavailableError
    todos.get(7, 1)

    assert seen == (0, [])


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda todos: todos.get(7), id="an argument missing"),
        pytest.param(lambda todos: todos.get(7, 1, "more"), id="an argument too many"),
        pytest.param(lambda todos: todos.list(7, done=True), id="an argument of another name"),
        pytest.param(lambda todos: todos.fetch(7, 1), id="a method that the port has not"),
    ],
)
def test_a_mock_refuses_what_its_port_would(call: Callable[[Mock], object], todos: Mock) -> None:
    """Autospec compares each call with the port, so a test notices when the two part ways."""
    with pytest.raises((TypeError, AttributeError), match=r"argument|attribute"):
        call(todos)


def test_a_mock_does_not_look_at_types(todos: Mock) -> None:
    """Autospec knows names and numbers of arguments alone: a user's name passes for an id.

    The type checker sees that in the service's own code; a mock agrees with anything else.
    """
    todos.get("ada", None)

    todos.get.assert_called_once_with("ada", None)
