"""What a request costs in waits for PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.adapters.database import Database
from tests.support.api_client import make_app


@pytest.fixture
def round_trips(
    single_database: Database, ada: FlaskClient, tmp_path: Path
) -> Iterator[Callable[[str, object], int]]:
    """Return what counts PostgreSQL's answers to a POST, by libpq's own record of them."""
    client = make_app(single_database).test_client()
    client.environ_base |= ada.environ_base
    with single_database._pool.connection() as connection:  # noqa: SLF001 -- nothing else has it
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
    """Adding a todo asks PostgreSQL once: the token needs no look-up, the answer no second one."""
    count = round_trips("/api/todos", {"title": "Buy milk"})

    assert count == 1


def test_refuses_a_bad_body_without_a_round_trip(
    round_trips: Callable[[str, object], int],
) -> None:
    """A body that is refused costs PostgreSQL nothing."""
    count = round_trips("/api/todos", {"title": ""})

    assert count == 0
