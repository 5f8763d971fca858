"""Every statement about todos names their owner."""

from datetime import timedelta

from app.adapters.todos import TodoRepository
from app.domain.live import Author
from tests.support.factories import NOW

LATER = NOW + timedelta(hours=1)


def test_does_not_list_a_strangers_todo(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """A list holds its owner's todos alone."""
    todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    listed = todos.list(bob_id)

    assert listed == []


def test_does_not_get_a_strangers_todo(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Somebody else's todo is not there."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    found = todos.get(bob_id, adas.id)

    assert found is None


def test_does_not_change_a_strangers_todo(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """A change of somebody else's todo finds nothing and changes nothing."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    changed = todos.change(Author(bob_id), adas.id, {"title": "bob's"}, LATER)

    assert changed is None
    assert todos.get(ada_id, adas.id) == adas


def test_does_not_mark_a_strangers_todos(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Marking all stops at one's own list."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    marked = todos.change_all(Author(bob_id), completed=True, now=LATER)

    assert marked == []
    assert todos.list(ada_id) == [adas]


def test_does_not_delete_a_strangers_todo(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Deleting somebody else's todo finds nothing and deletes nothing."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    was_there = todos.delete(Author(bob_id), adas.id)

    assert not was_there
    assert todos.list(ada_id) == [adas]


def test_does_not_delete_a_strangers_list(todos: TodoRepository, ada_id: int, bob_id: int) -> None:
    """Deleting all stops at one's own list."""
    adas = todos.add(Author(ada_id), {"title": "ada's"}, NOW)

    todos.delete_all(Author(bob_id))

    assert todos.list(ada_id) == [adas]


def test_does_not_clear_a_strangers_done_todos(
    todos: TodoRepository, ada_id: int, bob_id: int
) -> None:
    """Deleting the done ones stops at one's own list too."""
    adas = todos.add(Author(ada_id), {"title": "ada's", "completed": True}, NOW)

    todos.delete_all(Author(bob_id), completed=True)

    assert todos.list(ada_id) == [adas]


def test_does_not_list_a_strangers_done_todos(
    todos: TodoRepository, ada_id: int, bob_id: int
) -> None:
    """A list of the done ones holds its owner's alone."""
    todos.add(Author(ada_id), {"title": "ada's", "completed": True}, NOW)

    listed = todos.list(bob_id, completed=True)

    assert listed == []
