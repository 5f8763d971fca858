"""What a write answers by itself, and what a second look can no longer tell."""

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
Way = Callable[[Connection], int]
NOW = datetime.now(UTC)
GUESS = {"keys": ["ada"], "now": NOW, "expired": NOW - timedelta(minutes=15)}
RAISE = "UPDATE attempts SET attempts = attempts + 1 WHERE key = 'ada'"
LOOK = "SELECT key, attempts FROM attempts WHERE key = 'ada'"
UPDATE_SELECT, RETURNING = "UPDATE, then SELECT", "INSERT … RETURNING"
MANY = 200


def main() -> None:
    """Use the service's own statements, and beside them the two steps that many would write."""
    # `kill` ends the show as Ctrl-C does: PostgreSQL is stopped, and its data removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with embedded("a show needs no more") as server:
        migrate(server.url)
        with closing(Database(server.url)) as database:
            show_answers(TodoRepository(database), UserRepository(database))
        with connect(server.url) as first, connect(server.url) as second:
            show_two_at_once(first, second)
            show_many_at_once(first, second)
            print(f"{UPDATE_SELECT}: round trips:", round_trips(first, two_steps))
            print(f"{RETURNING}: round trips:", round_trips(first, one_statement))


def show_answers(todos: TodoRepository, users: UserRepository) -> None:
    """Add a todo that is a title and no more, and let two people delete it."""
    ada, bob = (Author(users.add(name, "no hash", NOW).id) for name in ("ada", "bob"))
    todo = todos.add(ada, {"title": "Buy milk"}, NOW)
    print(f"A title went in; back came id {todo.id}, order {todo.order}, done {todo.completed}.")
    print("Bob deletes Ada's todo:", todos.delete(bob, todo.id))
    print("Ada deletes Ada's todo:", todos.delete(ada, todo.id))


def show_two_at_once(first: Connection, second: Connection) -> None:
    """Count two guesses at one password, the second before the first has looked or committed."""
    one_statement(first)
    first.execute(RAISE)
    others = two_steps(second)
    tell(UPDATE_SELECT, number(first, LOOK), others)
    with ThreadPoolExecutor(1) as thread:
        with first.transaction():
            mine = one_statement(first)
            other = thread.submit(one_statement, second)
            wait_for_blocked_sessions(first)
        tell(RETURNING, mine, other.result())


def show_many_at_once(first: Connection, second: Connection) -> None:
    """Count many guesses on two connections, in whatever order it comes."""
    for name, way in {UPDATE_SELECT: two_steps, RETURNING: one_statement}.items():
        with ThreadPoolExecutor() as threads:
            mine = threads.submit(many, way, first)
            others = many(way, second)
        shared = mine.result() & others
        print(f"{name}: two make {MANY} guesses each, {len(shared)} numbers are given twice")


def many(way: Way, connection: Connection) -> set[int]:
    """Count many guesses, and return their numbers."""
    return {way(connection) for _ in range(MANY)}


def two_steps(connection: Connection) -> int:
    """Count a guess, then look how many there are."""
    connection.execute(RAISE)
    return number(connection, LOOK)


def one_statement(connection: Connection) -> int:
    """Count a guess as the service does."""
    return number(connection, COUNT)


def number(connection: Connection, statement: LiteralString) -> int:
    """Execute, and return the count that is answered."""
    row = connection.execute(statement, GUESS).fetchone()
    return row[1] if row else 0


def connect(url: str) -> Connection:
    """Return a connection on which each statement is a transaction."""
    return psycopg.connect(url, autocommit=True)


def tell(name: str, mine: int, other: int) -> None:
    """Print what two guesses at the same moment are counted as."""
    verdict = "the same" if mine == other else "each its own"
    print(f"{name}: two guesses are number {mine} and number {other}, {verdict}")


def round_trips(connection: Connection, way: Way) -> int:
    """Count how often PostgreSQL says that it is ready, by libpq's own record."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "libpq.log")
        with log.open("w") as file:
            connection.pgconn.trace(file.fileno())
            way(connection)
            connection.pgconn.untrace()
        return log.read_text().count("ReadyForQuery")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped; nothing is left behind.")
