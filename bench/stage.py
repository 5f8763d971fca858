"""What is measured: a database of the run's own, and the service as an operator starts it."""

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
from tools.common import BUILD, ROOT
from tools.embedded_postgres import EmbeddedPostgres, free_port

REQUEST_THREADS = 48
START_SECONDS, STOP_SECONDS = 30, 15
LOG = BUILD / "bench.log"
ADD_PEOPLE = """
    INSERT INTO users (email, password_hash, created_at)
    SELECT gen_random_uuid() || '@example.org', '', now() FROM generate_series(1, %s) RETURNING id
"""


class BenchError(Exception):
    """One sentence: why there is no figure."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: where it is, what signs its tokens, the first process that works."""

    url: str
    secret: str
    worker: psutil.Process

    def bearer(self, user_id: int) -> dict[str, str]:
        """Return the header that signs the user in."""
        tokens = JwtTokens([self.secret], site=self.url, lifetime=timedelta(hours=1))
        return {"Authorization": f"Bearer {tokens.issue(user_id).text}"}


@contextmanager
def database() -> Iterator[str]:
    """Give a new database in the server of DATABASE_URL, or in an embedded one; remove it."""
    BUILD.mkdir(exist_ok=True)
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL")
        if not server:
            # On disk and crash-safe, as a real one is: a write's price is mostly that.
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
    """Add so many users, who never have to sign in, and return their ids."""
    with psycopg.connect(database_url) as connection:
        return [user_id for (user_id,) in connection.execute(ADD_PEOPLE, [count])]


@contextmanager
def service(database_url: str, *, pages: int = 16, processes: int = 1) -> Iterator[Service]:
    """Run `python -m app`, each process for so many open pages; raises BenchError."""
    secret, port = secrets.token_hex(), str(free_port())
    url, threads = f"http://127.0.0.1:{port}", str(REQUEST_THREADS + pages)
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": secret, "PORT": port}
    settings |= {"THREADS": threads, "PROCESSES": str(processes)}
    with LOG.open("ab") as log:
        command = [sys.executable, "-m", "app"]
        # Ctrl-C is for us: the service goes when we have let go of it.
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
    raise BenchError(f"the service does not start; it says why in {LOG}")


def _stop(app: psutil.Popen) -> None:
    app.terminate()
    try:
        app.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        # The app leads a group of its own: its workers end with it.
        os.killpg(app.pid, signal.SIGKILL)
        app.wait()
