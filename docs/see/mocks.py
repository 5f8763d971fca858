"""A mock that agrees with everything, and one that knows what it stands for."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock, create_autospec

from app.ports import TodoStore


def main() -> None:
    """Make the same wrong calls to both."""
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
        print(f"    Mock(): {verdict(call, bare)}; with autospec: {verdict(call, specified)}")


def verdict(call: Callable[[Any], object], double: object) -> str:
    """Say whether the double takes the call."""
    try:
        call(double)
    except (AttributeError, TypeError) as error:
        return f"refused ({type(error).__name__})"
    return "accepted"


if __name__ == "__main__":
    main()
