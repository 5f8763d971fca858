"""What a write returns by itself, and what a SELECT afterwards can no longer tell."""

import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

import psycopg
from psycopg.rows import TupleRow

from app.adapters.attempts import COUNT
from app.adapters.database import Database
from app.adapters.migrations import migrate
from app.adapters.todos import TodoRepository
from app.adapters.users import UserRepository
from app.domain.live import Author
from tests.support.locks import wait_for_blocked_sessions
from tests.support.postgres_servers import embedded

Connection = psycopg.Connection[TupleRow]
Count = Callable[[Connection], int]
NOW = datetime.now(UTC)
GUESS = {"keys": ["ada"], "now": NOW, "expired": NOW - timedelta(minutes=15)}
INCREMENT = "UPDATE attempts SET attempts = attempts + 1 WHERE key = 'ada'"
SELECT = "SELECT key, attempts FROM attempts WHERE key = 'ada'"
UPDATE_SELECT, RETURNING = "UPDATE, then SELECT", "INSERT … RETURNING"
MANY = 200


def main() -> None:
    """Run the service's own statements, and the two steps that many people would write instead."""
    # SIGTERM then ends the demo as Ctrl-C does: PostgreSQL stops, and its data is removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with embedded("a demo needs no container") as server:
        migrate(server.url)
        with closing(Database(server.url)) as database:
            show_answers(TodoRepository(database), UserRepository(database))
        with connect(server.url) as first, connect(server.url) as second:
            show_two_at_once(first, second)
            show_many_at_once(first, second)
            print(f"{UPDATE_SELECT}: round trips:", round_trips(first, two_steps))
            print(f"{RETURNING}: round trips:", round_trips(first, one_statement))


def show_answers(todos: TodoRepository, users: UserRepository) -> None:
    """Add a todo by its title alone, then delete it as another user and as its owner."""
    ada, bob = (Author(users.add(name, "no hash", NOW).id) for name in ("ada", "bob"))
    todo = todos.add(ada, {"title": "Buy milk"}, NOW)
    print(f"Sent: a title. Returned: id {todo.id}, order {todo.order}, completed {todo.completed}.")
    print("Bob deletes Ada's todo:", todos.delete(bob, todo.id))
    print("Ada deletes Ada's todo:", todos.delete(ada, todo.id))


def show_two_at_once(first: Connection, second: Connection) -> None:
    """Count two guesses at the same time: the second between the steps of the first."""
    one_statement(first)
    first.execute(INCREMENT)
    others = two_steps(second)
    print_numbers(UPDATE_SELECT, number(first, SELECT), others)
    with ThreadPoolExecutor(1) as thread:
        with first.transaction():
            mine = one_statement(first)
            other = thread.submit(one_statement, second)
            wait_for_blocked_sessions(first)
        print_numbers(RETURNING, mine, other.result())


def show_many_at_once(first: Connection, second: Connection) -> None:
    """Count many guesses on two connections at once, in whatever order they happen."""
    for name, count in {UPDATE_SELECT: two_steps, RETURNING: one_statement}.items():
        with ThreadPoolExecutor() as threads:
            mine = threads.submit(count_many, count, first)
            others = count_many(count, second)
        shared = mine.result() & others
        print(
            f"{name}: two clients make {MANY} guesses each, {len(shared)} numbers are given twice"
        )


def count_many(count: Count, connection: Connection) -> set[int]:
    """Count many guesses and return the number that each one got."""
    return {count(connection) for _ in range(MANY)}


def two_steps(connection: Connection) -> int:
    """Count a guess with UPDATE, then read the count with SELECT."""
    connection.execute(INCREMENT)
    return number(connection, SELECT)


def one_statement(connection: Connection) -> int:
    """Count a guess as the service does."""
    return number(connection, COUNT)


def number(connection: Connection, statement: LiteralString) -> int:
    """Execute the statement and return the count in its row."""
    row = connection.execute(statement, GUESS).fetchone()
    return row[1] if row else 0


def connect(url: str) -> Connection:
    """Connect in autocommit mode, where each statement is a transaction."""
    return psycopg.connect(url, autocommit=True)


def print_numbers(name: str, mine: int, other: int) -> None:
    """Print the numbers that two simultaneous guesses got."""
    comparison = "the same number" if mine == other else "different numbers"
    print(f"{name}: two guesses get {mine} and {other}, {comparison}")


def round_trips(connection: Connection, count: Count) -> int:
    """Count the ReadyForQuery messages of PostgreSQL in the trace that libpq writes."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "libpq.log")
        with log.open("w") as file:
            connection.pgconn.trace(file.fileno())
            count(connection)
            connection.pgconn.untrace()
        return log.read_text().count("ReadyForQuery")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped. PostgreSQL and its data were removed.")
