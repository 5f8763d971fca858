"""Race conditions: one transaction holds a lock, and another is made to wait for it.

The open transaction fixes the order of events, so that a race has the same outcome every time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from app.adapters.attempts import AttemptRepository
from app.adapters.database import Database
from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.domain.errors import EmailTakenError, ListFullError
from app.domain.limits import Count, Limit
from app.domain.live import Author
from tests.support.factories import NOW, make_email
from tests.support.locks import wait_for_blocked_sessions

ADD_USER = "INSERT INTO users (email, password_hash, created_at) VALUES (%s, 'hash', now())"
ADD_TODO = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    VALUES (%s, 'first', false, 1, now(), now())
"""
LAST_PLACE = "SELECT has_room(%s, 1)"
ADD_ATTEMPT = "INSERT INTO attempts (key, attempts, started_at) VALUES ('ada', 1, %s)"
# Not in the order in which the repository locks them.
KEYS = ["bob", "ada"]
LIMITS = [Limit(key, max_attempts=2) for key in KEYS]
Start = Callable[[Callable[[], object]], Future[object]]


@pytest.fixture
def start(db: psycopg.Connection[TupleRow]) -> Iterator[Start]:
    """Start a call in a thread, and return as soon as it waits for a lock."""
    with ThreadPoolExecutor(1) as thread:

        def start(call: Callable[[], object]) -> Future[object]:
            future = thread.submit(call)
            wait_for_blocked_sessions(db)
            return future

        yield start


def test_an_email_goes_to_the_first_to_commit(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two concurrent sign-ups the second waits, and is refused when the first commits."""
    email = make_email()

    with db.transaction():
        db.execute(ADD_USER, [email])
        second = start(lambda: UserRepository(database).add(email, "hash", NOW))

    with pytest.raises(EmailTakenError):
        second.result()


def test_an_email_is_free_when_the_first_rolls_back(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two concurrent sign-ups the second gets the e-mail when the first rolls back."""
    email = make_email()

    with db.transaction(force_rollback=True):
        db.execute(ADD_USER, [email])
        second = start(lambda: UserRepository(database).add(email, "hash", NOW))

    added = second.result()
    found = UserRepository(database).find(email)
    assert found is not None
    assert found.user == added


def test_does_not_change_what_is_being_deleted(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, start: Start
) -> None:
    """A change waits for a concurrent deletion, and then finds nothing."""
    todo = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    with db.transaction():
        db.execute("DELETE FROM todos")
        change = start(lambda: todos.change(Author(ada_id), todo.id, {"completed": True}, NOW))

    assert change.result() is None


def test_deletes_what_is_being_changed(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, start: Start
) -> None:
    """A deletion waits for a concurrent change, and then deletes."""
    todo = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    with db.transaction():
        db.execute("UPDATE todos SET completed = true")
        deletion = start(lambda: todos.delete(Author(ada_id), todo.id))

    assert deletion.result()
    assert todos.list(ada_id) == []


def test_marks_all_that_were_committed_before(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int
) -> None:
    """Marking all neither waits for a concurrent insertion nor marks the new todo."""
    todos.add(Author(ada_id), {"title": "there"}, NOW)

    with db.transaction():
        db.execute(ADD_TODO, [ada_id])
        marked = todos.change_all(Author(ada_id), completed=True, now=NOW)

    assert [todo.title for todo in marked] == ["there"]
    assert [todo.title for todo in todos.list(ada_id, completed=False)] == ["first"]


def test_concurrent_insertions_share_an_order(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int
) -> None:
    """Neither of two new todos sees the other, so both get the same order."""
    with db.transaction():
        db.execute(ADD_TODO, [ada_id])
        todos.add(Author(ada_id), {"title": "second"}, NOW)

    assert [(t.title, t.order) for t in todos.list(ada_id)] == [("first", 1), ("second", 1)]


def test_the_last_place_goes_to_the_first_to_commit(
    db: psycopg.Connection[TupleRow], database: Database, ada_id: int, start: Start
) -> None:
    """Of two concurrent additions the second waits, and finds the list full after the first."""
    todos = TodoRepository(database, max_todos=1)

    with db.transaction():
        db.execute(LAST_PLACE, [ada_id])
        db.execute(ADD_TODO, [ada_id])
        second = start(lambda: todos.add(Author(ada_id), {"title": "second"}, NOW))

    with pytest.raises(ListFullError):
        second.result()


def test_the_last_place_is_free_when_the_first_rolls_back(
    db: psycopg.Connection[TupleRow], database: Database, ada_id: int, start: Start
) -> None:
    """Of two concurrent additions the second gets the place when the first rolls back."""
    todos = TodoRepository(database, max_todos=1)

    with db.transaction(force_rollback=True):
        db.execute(LAST_PLACE, [ada_id])
        db.execute(ADD_TODO, [ada_id])
        second = start(lambda: todos.add(Author(ada_id), {"title": "second"}, NOW))

    added = second.result()
    assert todos.list(ada_id) == [added]


def test_clearing_spares_what_is_being_reopened(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, start: Start
) -> None:
    """Deleting the completed todos waits for a concurrent change, and looks at the todo again."""
    todos.add(Author(ada_id), {"title": "Buy milk", "completed": True}, NOW)

    with db.transaction():
        db.execute("UPDATE todos SET completed = false")
        deletion = start(lambda: todos.delete_all(Author(ada_id), completed=True))

    deletion.result()
    assert [todo.title for todo in todos.list(ada_id)] == ["Buy milk"]


def test_counts_both_of_two_concurrent_attempts(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two concurrent first attempts the second waits, and is counted as the second."""
    attempts = AttemptRepository(database, timedelta(minutes=15))

    with db.transaction():
        db.execute(ADD_ATTEMPT, [NOW])
        second = start(lambda: attempts.count([Limit("ada", 2)], NOW))

    assert second.result() == [Count("ada", 2, NOW)]


@pytest.mark.parametrize(
    "write", [lambda a: a.count(LIMITS, NOW), lambda a: a.undo(KEYS)], ids=["count", "undo"]
)
def test_locks_counts_in_a_fixed_order(
    db: psycopg.Connection[TupleRow],
    database: Database,
    start: Start,
    write: Callable[[AttemptRepository], object],
) -> None:
    """A statement that waits for one count holds no later one, so there is no deadlock."""
    db.execute("TRUNCATE attempts")
    attempts = AttemptRepository(database, timedelta(minutes=15))
    for limit in LIMITS:
        attempts.count([limit], NOW)

    with db.transaction():
        db.execute("SELECT FROM attempts WHERE key = 'ada' FOR UPDATE")
        start(lambda: write(attempts))
        free = db.execute("SELECT key FROM attempts WHERE key = 'bob' FOR UPDATE SKIP LOCKED")

    assert free.fetchall() == [("bob",)]
