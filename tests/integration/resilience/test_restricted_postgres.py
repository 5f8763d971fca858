"""PostgreSQL allows less than usual: it is read-only, or it limits the connections."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from tests.support.resilience_service import ResilienceService

pytestmark = pytest.mark.slow


@pytest.fixture
def limited_role(db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Create a role with two connections: one for LISTEN and one for requests."""
    db.execute("CREATE ROLE limited LOGIN PASSWORD 'limited' CONNECTION LIMIT 2")
    yield "limited"
    db.execute("DROP ROLE limited")


@pytest.fixture
def limited_url(limited_role: str, empty_url: str, db: psycopg.Connection[TupleRow]) -> str:
    """Give that role a database of its own."""
    alter = SQL("ALTER DATABASE {} OWNER TO {}")
    db.execute(alter.format(name_of(empty_url), Identifier(limited_role)))
    return f"postgresql://{limited_role}:{limited_role}@{empty_url.partition('@')[2]}"


def name_of(url: str) -> Identifier:
    """Return the name of the database that the URL names."""
    return Identifier(urlsplit(url).path.removeprefix("/"))


def test_serves_reads_from_a_read_only_database(
    start_service: Callable[..., ResilienceService],
    empty_url: str,
    db: psycopg.Connection[TupleRow],
) -> None:
    """On a read-only database the service starts, lists todos and refuses writes.

    The test is slow: it starts the service twice.
    """
    service = start_service(empty_url)
    ada = service.new_user()
    service.kill()
    read_only = SQL("ALTER DATABASE {} SET default_transaction_read_only = on")
    db.execute(read_only.format(name_of(empty_url)))

    service.start()

    assert service.list(ada) == []
    assert service.add(ada).status_code == 503


def test_waits_for_one_of_few_connections(
    start_service: Callable[..., ResilienceService], limited_url: str
) -> None:
    """When PostgreSQL refuses more connections, requests wait for the pool and are answered.

    The test is slow: it starts the service.
    """
    service = start_service(limited_url)
    ada = service.new_user()

    statuses = service.list_concurrently(ada)

    assert statuses == {200}
