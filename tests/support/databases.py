"""Empty databases on a server that runs already."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """Create a database on the server, yield its URL, and drop it after the block."""
    name = f"test_{uuid4().hex}"
    _execute(server_url, "CREATE DATABASE {}", name)
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        _execute(server_url, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(server_url: str, statement: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
