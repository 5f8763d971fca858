"""A connection that does not wait for ever, whatever has become of the server."""

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import DictRow, dict_row

Result = TypeVar("Result")

CONNECT_SECONDS = 2
# A stopped server answers no timeout of its own, and its kernel still acknowledges every packet:
# only a clock on our side ends the wait.
ANSWER_SECONDS = 1.5
OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_SECONDS,
    # Timestamps come back in UTC. A statement that nobody waits for any more ends by itself.
    "options": "-c timezone=UTC -c statement_timeout=1400 -c lock_timeout=1400",
    "row_factory": dict_row,
}


class BoundedConnection(psycopg.Connection[DictRow]):
    """Gives up, with psycopg.OperationalError, when an answer takes too long.

    The pool takes no connection back whose answer is still to come.
    """

    def wait(
        self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None
    ) -> Result:
        """Wait for `timeout` seconds at most; None stands for ANSWER_SECONDS."""
        return super().wait(gen, interval, ANSWER_SECONDS if timeout is None else timeout)
