"""What a todo is, and the rules that need nothing but its fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Required, TypedDict


@dataclass(frozen=True, slots=True)
class Todo:
    """One entry of a person's list."""

    id: int
    title: str
    completed: bool
    order: int
    due: date | None
    created_at: datetime
    updated_at: datetime


class NewTodo(TypedDict, total=False):
    """What a person gives to add a todo; without an `order` it goes to the end of the list."""

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
    """Say whether an open todo was due before today; one that is due today is not overdue."""
    return not todo.completed and todo.due is not None and todo.due < today


def pick_one(open_todos: Sequence[Todo], choose: Callable[[Sequence[Todo]], Todo]) -> Todo | None:
    """Let `choose`, such as `random.choice`, take one todo; None when there is none to take."""
    return choose(open_todos) if open_todos else None
