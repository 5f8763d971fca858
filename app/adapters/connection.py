"""A connection that gives up after a deadline, whatever has happened to the server."""

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import DictRow, dict_row

Result = TypeVar("Result")

CONNECT_SECONDS = 2
# A stopped server applies no statement_timeout, and its kernel still acknowledges every packet:
# only a deadline on the client's side ends the wait.
ANSWER_SECONDS = 1.5
OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_SECONDS,
    # Timestamps come back in UTC. A statement whose client gave up is cancelled by the server.
    "options": "-c timezone=UTC -c statement_timeout=1400 -c lock_timeout=1400",
    "row_factory": dict_row,
}


class BoundedConnection(psycopg.Connection[DictRow]):
    """Gives up, with psycopg.OperationalError, when an answer takes too long.

    The pool discards a connection whose answer is still outstanding.
    """

    def wait(
        self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None
    ) -> Result:
        """Wait at most `timeout` seconds; None means ANSWER_SECONDS."""
        return super().wait(gen, interval, ANSWER_SECONDS if timeout is None else timeout)
