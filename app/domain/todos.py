"""What a todo is, and the rules that need nothing but its fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Required, TypedDict


@dataclass(frozen=True, slots=True)
class Todo:
    """One entry of a user's list."""

    id: int
    title: str
    completed: bool
    order: int
    due: date | None
    created_at: datetime
    updated_at: datetime


class NewTodo(TypedDict, total=False):
    """The fields of a new todo; without an `order` it goes to the end of the list."""

    title: Required[str]
    completed: bool
    order: int
    due: date | None


class TodoChanges(TypedDict, total=False):
    """The fields that change; a `due` of None clears the date, an absent one keeps it."""

    title: str
    completed: bool
    order: int
    due: date | None


def is_overdue(todo: Todo, today: date) -> bool:
    """Return whether an open todo was due before today; one that is due today is not overdue."""
    return not todo.completed and todo.due is not None and todo.due < today


def pick_one(open_todos: Sequence[Todo], choose: Callable[[Sequence[Todo]], Todo]) -> Todo | None:
    """Return the todo that `choose`, such as `random.choice`, picks; None if there is none."""
    return choose(open_todos) if open_todos else None
