"""The pool of connections, and the one place where database errors get the service's names."""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg.rows import DictRow
from psycopg.sql import Composed
from psycopg_pool import ConnectionPool

from app.adapters.connection import OPTIONS, BoundedConnection
from app.domain.errors import StorageUnavailableError

# With the wait for an answer, a request without a database takes less than 3 seconds.
WAIT_SECONDS = 1
# Threads queue for these; more connections than PostgreSQL has cores for bring little.
MOST_CONNECTIONS = 10

# The latter is a standby that has not taken over yet.
REFUSED = (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction)


class Database:
    """Runs statements, each in a transaction of its own (autocommit): one round trip apiece."""

    def __init__(self, url: str) -> None:
        """Open a pool of connections to the PostgreSQL server at `url`; it connects when used."""
        self._pool = ConnectionPool(
            url,
            connection_class=BoundedConnection,
            kwargs=OPTIONS,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=WAIT_SECONDS,
            # With more the pool's pauses grow, and after an outage it would sit out a long one.
            reconnect_timeout=1,
            open=True,
        )

    def run(
        self, statement: LiteralString | Composed, values: Mapping[str, object]
    ) -> list[DictRow]:
        """Run one statement and return the rows that it gives, [] if it gives none.

        Raises StorageUnavailableError when there is no answer in time, and the statement may have
        been carried out all the same; constraint violations come as psycopg's own errors, for the
        adapter that knows what they mean.
        """
        try:
            with self._pool.connection() as connection:
                cursor = connection.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        except REFUSED as error:
            raise StorageUnavailableError(str(error)) from error

    def check(self) -> None:
        """Return when the database answers; raises StorageUnavailableError."""
        self.run("SELECT 1", {})

    def replace_lost(self) -> None:
        """Replace those idle connections that are dead, before each of them fails a request."""
        self._pool.check()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
