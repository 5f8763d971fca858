"""The connection pool, and the one place where database errors become the service's own."""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg.rows import DictRow
from psycopg.sql import Composed
from psycopg_pool import ConnectionPool
from typing_extensions import override

from app.adapters.connection import OPTIONS, BoundedConnection
from app.domain.errors import StorageUnavailableError
from app.ports import Health

# With the wait for an answer, a request without a database takes less than 3 seconds.
WAIT_SECONDS = 1
# Threads queue for these; more connections than PostgreSQL has cores for bring little.
MAX_CONNECTIONS = 10

# A read-only transaction means a standby that has not taken over yet.
UNAVAILABLE = (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction)


class Database(Health):
    """Runs statements on a pool of connections to the PostgreSQL server at `url`.

    Each statement is a transaction of its own (autocommit), so it takes one round trip.
    """

    def __init__(self, url: str) -> None:
        self._pool = ConnectionPool(
            url,
            connection_class=BoundedConnection,
            kwargs=OPTIONS,
            min_size=1,
            max_size=MAX_CONNECTIONS,
            timeout=WAIT_SECONDS,
            # With a longer time the pool's pauses grow, so that service would come back late.
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
        except UNAVAILABLE as error:
            raise StorageUnavailableError(str(error)) from error

    @override
    def check(self) -> None:
        self.run("SELECT 1", {})

    def replace_broken_connections(self) -> None:
        """Replace the idle connections that are broken, before they make requests fail."""
        self._pool.check()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
