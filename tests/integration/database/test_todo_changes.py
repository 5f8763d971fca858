"""TodoRepository on PostgreSQL: changing and deleting todos."""

from datetime import date, timedelta

import pytest

from app.adapters.todos import TodoRepository
from app.domain.live import Author
from app.domain.todos import TodoChanges
from tests.support.factories import NOW

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "changes",
    [
        TodoChanges(title="Buy bread"),
        TodoChanges(completed=True),
        TodoChanges(order=-5),
        TodoChanges(due=date(2026, 12, 31)),
        TodoChanges(title="Buy bread", completed=True, order=7, due=None),
    ],
    ids=["title", "completed", "order", "due", "all"],
)
def test_changes_the_named_fields(todos: TodoRepository, ada_id: int, changes: TodoChanges) -> None:
    """Only the given fields change."""
    before = todos.add(Author(ada_id), {"title": "Buy milk", "due": date(2026, 3, 1)}, NOW)

    todos.change(Author(ada_id), before.id, changes, NOW)

    expected = {name: changes.get(name, getattr(before, name)) for name in before.__slots__}
    [after] = todos.list(ada_id)
    assert {name: getattr(after, name) for name in after.__slots__} == expected


def test_returns_the_changed_todo(todos: TodoRepository, ada_id: int) -> None:
    """The todo that `change` returns is the one that is stored, and the others do not change."""
    other = todos.add(Author(ada_id), {"title": "another"}, NOW)
    before = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    changed = todos.change(Author(ada_id), before.id, {"title": "Buy bread"}, LATER)

    assert todos.list(ada_id) == [other, changed]


def test_records_when_it_changed(todos: TodoRepository, ada_id: int) -> None:
    """A change sets the time of the last change, but not the time of creation."""
    before = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    after = todos.change(Author(ada_id), before.id, {"completed": True}, LATER)

    assert after is not None
    assert after.created_at == NOW
    assert after.updated_at == LATER


def test_clears_a_date(todos: TodoRepository, ada_id: int) -> None:
    """None as the date removes it, whereas a change without a date keeps it."""
    dated = todos.add(Author(ada_id), {"title": "Buy milk", "due": date(2026, 3, 1)}, NOW)

    changed = todos.change(Author(ada_id), dated.id, {"due": None}, NOW)

    assert changed is not None
    assert changed.due is None


def test_marks_all_and_returns_them_in_order(todos: TodoRepository, ada_id: int) -> None:
    """Marking all returns the whole list, by order and then by id, as `list` does."""
    for title, order in [("second", 2), ("fourth", 3), ("first", 1), ("third", 2)]:
        todos.add(Author(ada_id), {"title": title, "order": order}, NOW)

    marked = todos.change_all(Author(ada_id), completed=True, now=LATER)

    assert todos.list(ada_id, completed=True) == marked
    assert [todo.title for todo in marked] == ["first", "second", "third", "fourth"]


def test_marking_all_does_not_touch_completed_todos(todos: TodoRepository, ada_id: int) -> None:
    """A todo that was completed before keeps the time of its last change."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    todos.add(Author(ada_id), {"title": "open"}, NOW)

    marked = todos.change_all(Author(ada_id), completed=True, now=LATER)

    assert [todo.updated_at for todo in marked] == [NOW, LATER]


def test_deletes_one(todos: TodoRepository, ada_id: int) -> None:
    """Only the given todo is deleted."""
    doomed = todos.add(Author(ada_id), {"title": "doomed"}, NOW)
    other = todos.add(Author(ada_id), {"title": "other"}, NOW)

    was_there = todos.delete(Author(ada_id), doomed.id)

    assert was_there
    assert todos.list(ada_id) == [other]


@pytest.mark.parametrize(
    ("completed", "left"), [(None, []), (True, ["open"]), (False, ["done"])], ids=str
)
def test_deletes_by_state(
    todos: TodoRepository, ada_id: int, *, completed: bool | None, left: list[str]
) -> None:
    """Without a state every todo is deleted; with one, only the completed or the open ones."""
    todos.add(Author(ada_id), {"title": "done", "completed": True}, NOW)
    todos.add(Author(ada_id), {"title": "open"}, NOW)

    todos.delete_all(Author(ada_id), completed=completed)

    assert [todo.title for todo in todos.list(ada_id)] == left
