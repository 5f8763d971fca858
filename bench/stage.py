"""What is measured: a temporary database, and the service as an operator starts it."""

import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import psutil
import psycopg
import requests
from psycopg import sql

from app.adapters.tokens import JwtTokens
from tools.common import BUILD, ROOT, ToolError
from tools.embedded_postgres import EmbeddedPostgres, free_port

REQUEST_THREADS = 48
START_SECONDS, STOP_SECONDS = 30, 15
LOG = BUILD / "bench.log"
ADD_USERS = """
    INSERT INTO users (email, password_hash, created_at)
    SELECT gen_random_uuid() || '@example.org', '', now() FROM generate_series(1, %s) RETURNING id
"""


class BenchError(ToolError):
    """The service cannot be measured; the message says why."""


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
            embedded = EmbeddedPostgres(BUILD / f"bench-{os.getpid()}")
            stack.callback(embedded.remove)
            server = stack.enter_context(embedded)
        name = sql.Identifier(f"bench_{secrets.token_hex(4)}")
        connection = psycopg.connect(server, autocommit=True, connect_timeout=2)
        stack.enter_context(connection).execute(sql.SQL("CREATE DATABASE {}").format(name))
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name)
        stack.callback(connection.execute, drop)
        yield urlsplit(server)._replace(path=f"/{name.as_string()[1:-1]}").geturl()


def people(database_url: str, count: int) -> list[int]:
    """Add `count` users without passwords and return their ids."""
    with psycopg.connect(database_url) as connection:
        return [user_id for (user_id,) in connection.execute(ADD_USERS, [count])]


@contextmanager
def service(database_url: str, *, pages: int = 16, processes: int = 1) -> Iterator[Service]:
    """Run `python -m app`, with threads for `pages` open pages in each process."""
    secret, port = secrets.token_hex(), str(free_port())
    url, threads = f"http://127.0.0.1:{port}", str(REQUEST_THREADS + pages)
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": secret, "PORT": port}
    settings |= {"THREADS": threads, "PROCESSES": str(processes)}
    with LOG.open("ab") as log:
        command = [sys.executable, "-m", "app"]
        # Ctrl-C reaches us only: the service has to stop after its clients.
        app = psutil.Popen(
            command, cwd=ROOT, env=settings, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_ready(app, url)
        yield Service(url, secret, app.children()[0])
    finally:
        _stop(app)


def _wait_until_ready(app: psutil.Popen, url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while app.poll() is None and time.monotonic() < deadline:
        with suppress(requests.RequestException):
            if requests.get(f"{url}/readyz", timeout=START_SECONDS).ok:
                return
        time.sleep(0.05)
    raise BenchError(f"The service did not start; its log: {LOG}")


def _stop(app: psutil.Popen) -> None:
    app.terminate()
    try:
        app.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        # The app leads a process group, so this ends its workers too.
        os.killpg(app.pid, signal.SIGKILL)
        app.wait()
