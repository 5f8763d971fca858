"""Ownership: each statement about todos is limited to those of the given user."""

from datetime import timedelta

from app.adapters.todos import TodoRepository
from app.domain.live import Author
from tests.support.factories import NOW

LATER = NOW + timedelta(hours=1)


def test_lists_no_todo_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """The list of one user has no todo of another."""
    todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    listed = todos.list(bob_id)

    assert listed == []


def test_gets_no_todo_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Another user's todo is not found."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    found = todos.get(bob_id, adas.id)

    assert found is None


def test_changes_no_todo_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Another user's todo is not found and keeps its title."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    changed = todos.change(Author(bob_id), adas.id, {"title": "bob's"}, LATER)

    assert changed is None
    assert todos.get(ada_id, adas.id) == adas


def test_marks_no_todo_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Marking all concerns the user's own list."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    marked = todos.change_all(Author(bob_id), completed=True, now=LATER)

    assert marked == []
    assert todos.list(ada_id) == [adas]


def test_deletes_no_todo_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Another user's todo is not found and remains."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    was_there = todos.delete(Author(bob_id), adas.id)

    assert not was_there
    assert todos.list(ada_id) == [adas]


def test_deletes_no_list_of_another_user(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Deleting all concerns the user's own list."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    todos.delete_all(Author(bob_id))

    assert todos.list(ada_id) == [adas]


def test_clears_no_completed_todo_of_another_user(
    todos: TodoRepository, ada_id: int, bob_id: int
) -> None:
    """Deleting by state concerns the user's own list too."""
    adas = todos.add(Author(ada_id), {"title": "ada's", "completed": True}, NOW)

    todos.delete_all(Author(bob_id), completed=True)

    assert todos.list(ada_id) == [adas]


def test_lists_no_completed_todo_of_another_user(
    todos: TodoRepository, ada_id: int, bob_id: int
) -> None:
    """Listing by state concerns the user's own list too."""
    todos.add(Author(ada_id), {"title": "ada's", "completed": True}, NOW)

    listed = todos.list(bob_id, completed=True)

    assert listed == []
