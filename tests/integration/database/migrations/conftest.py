"""What the tests of migrations share: a place that no file has reached yet."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow


@pytest.fixture
def fresh_url(database_url: str, db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Return the address of a place without tables: a schema of its own."""
    db.execute("CREATE SCHEMA fresh")
    yield make_conninfo(database_url, options="-c search_path=fresh")
    db.execute("DROP SCHEMA fresh CASCADE")
