"""How many round trips to PostgreSQL a request costs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from tests.support.api_client import make_app


@pytest.fixture
def round_trips(
    single_connection: Database, ada: FlaskClient, tmp_path: Path
) -> Iterator[Callable[[str, object], int]]:
    """Count the round trips of a POST in the trace that libpq itself writes."""
    client = make_app(single_connection).test_client()
    client.environ_base |= ada.environ_base
    with single_connection._pool.connection() as connection:  # noqa: SLF001 -- libpq traces one connection
        pgconn = connection.pgconn
    log = tmp_path / "libpq.log"

    def count(path: str, body: object) -> int:
        client.post(path, json=body)
        pgconn.untrace()
        return log.read_text().count("ReadyForQuery")

    with log.open("w") as file:
        pgconn.trace(file.fileno())
        yield count


def test_adds_a_todo_in_one_round_trip(round_trips: Callable[[str, object], int]) -> None:
    """One statement inserts, notifies and returns the todo, and a token needs no query."""
    count = round_trips("/api/todos", {"title": "Buy milk"})

    assert count == 1


def test_refuses_a_bad_body_without_a_round_trip(
    round_trips: Callable[[str, object], int],
) -> None:
    """An invalid body is refused before the database is used."""
    count = round_trips("/api/todos", {"title": ""})

    assert count == 0
