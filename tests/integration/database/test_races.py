"""Two that write at the same time: one holds its lock, the other is made to wait for it.

The order of events is fixed by an open transaction, so a race has the same outcome every time.
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
from app.domain.errors import EmailTakenError
from app.domain.limits import Count
from app.domain.live import Author
from tests.support.factories import NOW, make_email
from tests.support.locks import wait_for_blocked_sessions

ADD_USER = "INSERT INTO users (email, password_hash, created_at) VALUES (%s, 'hash', now())"
ADD_TODO = """
    INSERT INTO todos (user_id, title, completed, "order", created_at, updated_at)
    VALUES (%s, 'first', false, 1, now(), now())
"""
ADD_ATTEMPT = "INSERT INTO attempts (key, attempts, started_at) VALUES ('ada', 1, %s)"
# Not in the order of their locks.
KEYS = ["bob", "ada"]
Start = Callable[[Callable[[], object]], Future[object]]


@pytest.fixture
def start(db: psycopg.Connection[TupleRow]) -> Iterator[Start]:
    """Return what begins a call in a thread, and returns as soon as it waits for a lock."""
    with ThreadPoolExecutor(1) as thread:

        def start(call: Callable[[], object]) -> Future[object]:
            future = thread.submit(call)
            wait_for_blocked_sessions(db)
            return future

        yield start


def test_an_email_goes_to_the_first_to_commit(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two sign-ups at once the second waits, and is refused when the first is committed."""
    email = make_email()

    with db.transaction():
        db.execute(ADD_USER, [email])
        second = start(lambda: UserRepository(database).add(email, "hash", NOW))

    with pytest.raises(EmailTakenError):
        second.result()


def test_an_email_is_free_when_the_first_gives_up(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two sign-ups at once the second gets the e-mail when the first is rolled back."""
    email = make_email()

    with db.transaction(force_rollback=True):
        db.execute(ADD_USER, [email])
        second = start(lambda: UserRepository(database).add(email, "hash", NOW))

    added = second.result()
    found = UserRepository(database).find(email)
    assert found is not None
    assert found.user == added


def test_changes_nothing_that_is_being_deleted(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, start: Start
) -> None:
    """A change that meets a deletion waits for it, and finds nothing."""
    todo = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    with db.transaction():
        db.execute("DELETE FROM todos")
        change = start(lambda: todos.change(Author(ada_id), todo.id, {"completed": True}, NOW))

    assert change.result() is None


def test_deletes_what_is_being_changed(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int, start: Start
) -> None:
    """A deletion that meets a change waits for it, and then deletes."""
    todo = todos.add(Author(ada_id), {"title": "Buy milk"}, NOW)

    with db.transaction():
        db.execute("UPDATE todos SET completed = true")
        deletion = start(lambda: todos.delete(Author(ada_id), todo.id))

    assert deletion.result()
    assert todos.list(ada_id) == []


def test_marks_all_that_were_there_when_it_began(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int
) -> None:
    """Marking all neither waits for a todo that is just being added nor marks it."""
    todos.add(Author(ada_id), {"title": "there"}, NOW)

    with db.transaction():
        db.execute(ADD_TODO, [ada_id])
        marked = todos.change_all(Author(ada_id), completed=True, now=NOW)

    assert [todo.title for todo in marked] == ["there"]
    assert [todo.title for todo in todos.list(ada_id, completed=False)] == ["first"]


def test_two_that_are_added_at_once_share_an_order(
    db: psycopg.Connection[TupleRow], todos: TodoRepository, ada_id: int
) -> None:
    """Neither of two new todos sees the other: they stand at one place, by their ids."""
    with db.transaction():
        db.execute(ADD_TODO, [ada_id])
        todos.add(Author(ada_id), {"title": "second"}, NOW)

    assert [(t.title, t.order) for t in todos.list(ada_id)] == [("first", 1), ("second", 1)]


def test_counts_both_of_two_first_attempts(
    db: psycopg.Connection[TupleRow], database: Database, start: Start
) -> None:
    """Of two first attempts at once the second waits for the first, and is counted as second."""
    attempts = AttemptRepository(database, timedelta(minutes=15))

    with db.transaction():
        db.execute(ADD_ATTEMPT, [NOW])
        second = start(lambda: attempts.count(["ada"], NOW))

    assert second.result() == [Count("ada", 2, NOW)]


@pytest.mark.parametrize(
    "write", [lambda a: a.count(KEYS, NOW), lambda a: a.undo(KEYS)], ids=["count", "forgive"]
)
def test_locks_counts_in_one_order(
    db: psycopg.Connection[TupleRow],
    database: Database,
    start: Start,
    write: Callable[[AttemptRepository], object],
) -> None:
    """What waits for one count holds none that comes after it, so no two wait for each other."""
    db.execute("TRUNCATE attempts")
    attempts = AttemptRepository(database, timedelta(minutes=15))
    for key in KEYS:
        attempts.count([key], NOW)

    with db.transaction():
        db.execute("SELECT FROM attempts WHERE key = 'ada' FOR UPDATE")
        start(lambda: write(attempts))
        free = db.execute("SELECT key FROM attempts WHERE key = 'bob' FOR UPDATE SKIP LOCKED")

    assert free.fetchall() == [("bob",)]
