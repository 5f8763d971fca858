"""The connection pool, and the one place where database errors get the service's names."""

from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import Composed
from psycopg_pool import ConnectionPool

from app.domain.errors import StorageUnavailableError

Row = dict[str, Any]

CONNECT_SECONDS = 2
# Time zone: timestamps come back in UTC. Timeouts: no statement may hold a thread for long.
SESSION_OPTIONS = "-c timezone=UTC -c statement_timeout=2s -c lock_timeout=2s"
# Threads queue for these; more connections than PostgreSQL has cores for bring little.
MOST_CONNECTIONS = 10


class Database:
    """Runs statements, each in a transaction of its own (autocommit): one round trip apiece."""

    def __init__(self, url: str) -> None:
        """Open a pool of connections to the PostgreSQL server at `url`; it connects when used."""
        self._pool = ConnectionPool(
            url,
            connection_class=psycopg.Connection[Row],
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=CONNECT_SECONDS,
            # After an outage the pool must not sit out a long back-off.
            reconnect_timeout=5,
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "connect_timeout": CONNECT_SECONDS,
                "options": SESSION_OPTIONS,
            },
            open=True,
        )

    def run(self, statement: LiteralString | Composed, values: Mapping[str, object]) -> list[Row]:
        """Run one statement and return the rows that it gives, [] if it gives none.

        Raises StorageUnavailableError when there is no answer in time; constraint violations
        come as psycopg's own errors, for the adapter that knows what they mean.
        """
        try:
            with self._pool.connection() as connection:
                cursor = connection.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError as error:
            raise StorageUnavailableError(str(error)) from error

    def check(self) -> None:
        """Return when the database answers; raises StorageUnavailableError."""
        self.run("SELECT 1", {})

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
