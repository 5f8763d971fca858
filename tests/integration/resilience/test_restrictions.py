"""PostgreSQL runs, and grants less than usual: no writing, or few connections."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.resilience_service import Service, all_at_once

pytestmark = pytest.mark.slow


@pytest.fixture
def thrifty_role(db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Return name and password of a role with two connections: to listen on, and to ask on."""
    db.execute("CREATE ROLE thrifty LOGIN PASSWORD 'thrifty' CONNECTION LIMIT 2")
    yield "thrifty:thrifty"
    db.execute("DROP ROLE thrifty")


@pytest.fixture
def thrifty_url(thrifty_role: str, fresh_url: str, db: psycopg.Connection[TupleRow]) -> str:
    """Return the address of a database that belongs to that role."""
    db.execute("ALTER DATABASE fresh OWNER TO thrifty")
    return f"postgresql://{thrifty_role}@{fresh_url.partition('@')[2]}"


def test_shows_what_it_may_not_change(
    start_service: Callable[..., Service], fresh_url: str, db: psycopg.Connection[TupleRow]
) -> None:
    """On a database that is read-only a service starts, shows todos, and refuses to change them.

    The test is slow: it starts the service twice.
    """
    service = start_service(fresh_url)
    ada = service.new_person()
    service.kill()
    db.execute("ALTER DATABASE fresh SET default_transaction_read_only = on")

    service.start()

    assert service.list(ada) == []
    assert service.add(ada).status_code == 503


def test_gets_by_with_few_connections(
    start_service: Callable[..., Service], thrifty_url: str
) -> None:
    """Where PostgreSQL refuses more connections, requests wait their turn and are answered.

    The test is slow: it starts the service.
    """
    service = start_service(thrifty_url)
    ada = service.new_person()

    statuses = all_at_once(service, ada)

    assert statuses == {200}
