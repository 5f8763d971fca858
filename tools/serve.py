"""Starts the app as a child process, once its settings are valid and its database is running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from dotenv import load_dotenv
from pydantic import SecretStr, ValidationError

from app.settings import Settings, explain
from tests.support.environment import LIBPQ, networked_environment
from tools.common import POSTGRES_HOME, ROOT
from tools.data_folder import claimed, development_secret
from tools.embedded_postgres import EmbeddedPostgres

SECONDS_TO_STOP = 20
SETTINGS = [name.upper() for name in Settings.model_fields]
INVALID_SETTINGS = 2


def serve() -> int:
    """Serve until the app ends or KeyboardInterrupt is raised; return the exit code.

    Raises ToolError or OSError if the embedded database cannot start.
    """
    try:
        settings = _complete_settings()
    except ValidationError as error:
        print(*explain(error), sep="\n", file=sys.stderr)
        return INVALID_SETTINGS
    with ExitStack() as stack:
        if os.environ.get("DATABASE_URL"):
            environment = networked_environment(*SETTINGS, *LIBPQ)
        else:
            stack.enter_context(claimed(settings.public_url))
            url = stack.enter_context(EmbeddedPostgres(POSTGRES_HOME))
            environment = networked_environment(*SETTINGS, DATABASE_URL=url)
        # A program that listens before ours has started is a different one.
        taken = _accepts_connections(settings)
        app = stack.enter_context(_running_app(environment))
        if not taken:
            _announce(app, settings)
        return app.wait()


def _complete_settings() -> Settings:
    load_dotenv(ROOT / ".env")
    # The terminal shows problems only.
    os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL") or "WARNING"
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or development_secret()
    # The embedded database has no address yet.
    url = os.environ.get("DATABASE_URL") or "postgresql://"
    return Settings(database_url=SecretStr(url))


@contextmanager
def _running_app(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app; end it if it still runs when the context closes."""
    command = [sys.executable, "-m", "app"]
    app = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield app
    finally:
        app.terminate()
        try:
            app.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            # The app leads a process group, so this ends its workers too.
            os.killpg(app.pid, signal.SIGKILL)
            app.wait()


def _announce(app: subprocess.Popen[bytes], settings: Settings) -> None:
    """Print the app's address as soon as it accepts connections."""
    while app.poll() is None:
        if _accepts_connections(settings):
            print(f"Open {settings.public_url} — Ctrl-C stops it.", flush=True)
            return
        time.sleep(0.1)


def _accepts_connections(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True
