"""A connection that gives up after a deadline, whatever has happened to the server."""

from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import DictRow, dict_row
from typing_extensions import override

Result = TypeVar("Result")

CONNECT_SECONDS = 2
# A stopped server applies no statement_timeout, and its kernel still acknowledges every packet:
# only a deadline on the client's side ends the wait.
ANSWER_SECONDS = 1.5
OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_SECONDS,
    "row_factory": dict_row,
}
# Timestamps come back in UTC. A statement whose client gave up is cancelled by the server. This
# costs a round trip, once, because PgBouncer refuses a start-up packet with `options` in it.
CONFIGURE = "SET timezone = 'UTC'; SET statement_timeout = 1400; SET lock_timeout = 1400"


class BoundedConnection(psycopg.Connection[DictRow]):
    """Gives up, with psycopg.OperationalError, when an answer takes too long.

    The pool discards a connection whose answer is still outstanding.
    """

    @classmethod
    @override
    def connect(cls, conninfo: str = "", **options: Any) -> Self:
        """Connect and configure the session; raises psycopg.OperationalError."""
        connection = super().connect(conninfo, **options)
        try:
            connection.execute(CONFIGURE)
        except psycopg.Error:
            connection.close()
            raise
        return connection

    def wait(
        self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None
    ) -> Result:
        """Wait at most `timeout` seconds; None means ANSWER_SECONDS."""
        return super().wait(gen, interval, ANSWER_SECONDS if timeout is None else timeout)
