"""One PostgreSQL for the whole experiment, and an empty database for each run of a layer."""

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.support import postgres
from tests.support.postgres_servers import NoServerError
from tools.common import ToolError


class Databases:
    """Empty databases on a server that runs."""

    def __init__(self, url: str, description: str) -> None:
        """Make databases beside the one at `url`."""
        self._url = url
        self._numbers = itertools.count(1)
        self.description = description

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Return the address of a new database; drop it after the block."""
        name = f"lab_{os.getpid()}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {}", name)
        try:
            yield urlsplit(self._url)._replace(path=f"/{name}").geturl()
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def _execute(self, statement: str, name: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def databases() -> Iterator[Databases]:
    """Start the server that TEST_POSTGRES wants; raises ToolError."""
    with ExitStack() as stack:
        try:
            server = postgres.start(os.environ.get("TEST_POSTGRES", ""), stack)
        except NoServerError as error:
            raise ToolError(f"No PostgreSQL, as TEST_POSTGRES wants it: {error}.") from error
        yield Databases(server.url, server.description)
