"""A bare mock, which accepts every call, and one that knows the interface it replaces."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock, create_autospec

from app.ports import TodoStore


def main() -> None:
    """Make the same wrong calls on both."""
    bare = Mock()
    specified = create_autospec(TodoStore, instance=True, spec_set=True)
    mistakes: dict[str, Callable[[Any], object]] = {
        "a method that does not exist:  store.fetch(7, 1)": lambda store: store.fetch(7, 1),
        "an argument is missing:        store.get(7)": lambda store: store.get(7),
        "an argument has another name:  store.list(7, done=True)": lambda store: store.list(
            7, done=True
        ),
        "a value of another type:       store.get('ada', None)": lambda store: store.get(
            "ada", None
        ),
    }
    for mistake, call in mistakes.items():
        print(mistake)
        print(f"    Mock(): {result(call, bare)}; with autospec: {result(call, specified)}")


def result(call: Callable[[Any], object], double: object) -> str:
    """Return whether the double accepts the call."""
    try:
        call(double)
    except (AttributeError, TypeError) as error:
        return f"refused ({type(error).__name__})"
    return "accepted"
