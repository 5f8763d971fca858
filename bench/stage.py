"""What is measured: a temporary database, and the service as an operator starts it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import psutil
import psycopg

from app.adapters.tokens import JwtTokens
from tests.support.databases import empty_database
from tests.support.service import NotReadyError, ServiceProcess
from tools.common import BUILD, ToolError
from tools.embedded_postgres import EmbeddedPostgres

REQUEST_THREADS = 48
LOG = BUILD / "bench.log"
ADD_USERS = """
    INSERT INTO users (email, password_hash, created_at)
    SELECT gen_random_uuid() || '@example.org', '', now() FROM generate_series(1, %s) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its URL, its secret key and its first worker process."""

    url: str
    secret: str
    worker: psutil.Process

    def bearer(self, user_id: int) -> dict[str, str]:
        """Return an Authorization header for a user."""
        tokens = JwtTokens([self.secret], site=self.url, lifetime=timedelta(hours=1))
        return {"Authorization": f"Bearer {tokens.issue(user_id).text}"}


@contextmanager
def database() -> Iterator[str]:
    """Create a temporary database on the server of DATABASE_URL, or on an embedded one."""
    BUILD.mkdir(exist_ok=True)
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL")
        if not server:
            # On disk and durable, like a real one: that is most of the cost of a write.
            embedded = EmbeddedPostgres(BUILD / f"bench-{os.getpid()}", temporary=True)
            stack.callback(embedded.remove)
            server = stack.enter_context(embedded)
        yield stack.enter_context(empty_database(server))


def people(database_url: str, count: int) -> list[int]:
    """Add `count` users without passwords and return their ids."""
    with psycopg.connect(database_url) as connection:
        return [user_id for (user_id,) in connection.execute(ADD_USERS, [count])]


@contextmanager
def service(database_url: str, *, pages: int = 16, processes: int = 1) -> Iterator[Service]:
    """Run `python -m app`, with threads for `pages` open pages in each process."""
    secret, threads = secrets.token_hex(), str(REQUEST_THREADS + pages)
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": secret}
    app = ServiceProcess(LOG, THREADS=threads, PROCESSES=str(processes), **settings)
    try:
        app.start()
        yield Service(app.address, secret, psutil.Process(app.process.pid).children()[0])
    except NotReadyError as error:
        raise ToolError(f"The service did not start: {error}") from error
    finally:
        app.stop()
