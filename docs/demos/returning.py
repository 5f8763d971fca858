"""What a write returns by itself, and what a SELECT afterwards can no longer tell."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
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
NOW = datetime.now(UTC)
GUESS = {
    "keys": ["ada"],
    "max_attempts": [10],
    "now": NOW,
    "expired": NOW - timedelta(minutes=15),
    "impossible": NOW + timedelta(minutes=15),
}
INCREMENT = "UPDATE attempts SET attempts = attempts + 1 WHERE key = 'ada'"
SELECT = "SELECT key, attempts FROM attempts WHERE key = 'ada'"


def main() -> None:
    """Run the service's own statements, and the two steps that many people would write instead."""
    with embedded("a demo needs no container") as server:
        migrate(server.url)
        with closing(Database(server.url)) as database:
            show_answers(TodoRepository(database, max_todos=2), UserRepository(database))
        with connect(server.url) as first, connect(server.url) as second:
            show_two_steps(first, second)
            show_one_statement(first, second)


def show_answers(todos: TodoRepository, users: UserRepository) -> None:
    """Add a todo by its title alone, then delete it as another user and as its owner."""
    ada, bob = (Author(users.add(name, "no hash", NOW).id) for name in ("ada", "bob"))
    todo = todos.add(ada, {"title": "Buy milk"}, NOW)
    print(f"Sent: a title. Returned: id {todo.id}, order {todo.order}, completed {todo.completed}.")
    print("Bob deletes Ada's todo:", todos.delete(bob, todo.id))
    print("Ada deletes Ada's todo:", todos.delete(ada, todo.id))


def show_two_steps(first: Connection, second: Connection) -> None:
    """Count a guess between the two steps of another."""
    number(first, COUNT)
    first.execute(INCREMENT)
    second.execute(INCREMENT)
    print_numbers("UPDATE, then SELECT", number(first, SELECT), number(second, SELECT))


def show_one_statement(first: Connection, second: Connection) -> None:
    """Count a guess as the service does, while another is being counted."""
    with ThreadPoolExecutor(1) as thread:
        with first.transaction():
            mine = number(first, COUNT)
            other = thread.submit(number, second, COUNT)
            wait_for_blocked_sessions(first)
        print_numbers("INSERT … RETURNING", mine, other.result())


def number(connection: Connection, statement: LiteralString) -> int:
    """Execute the statement and return the count in its row."""
    row = connection.execute(statement, GUESS).fetchone()
    return row[1] if row else 0


def print_numbers(name: str, mine: int, other: int) -> None:
    """Print the numbers that two simultaneous guesses got."""
    comparison = "the same number" if mine == other else "different numbers"
    print(f"{name}: two guesses get {mine} and {other}, {comparison}")


def connect(url: str) -> Connection:
    """Connect in autocommit mode, where each statement is a transaction."""
    return psycopg.connect(url, autocommit=True)
