"""Starts the app as a child process, once its settings are valid and its database is running."""

import os
import socket
import sys
import time
from contextlib import ExitStack

from dotenv import load_dotenv
from pydantic import SecretStr, ValidationError

from app.settings import Settings, explain
from tests.support.children import Process, running
from tests.support.environment import LIBPQ, networked_environment
from tools.common import POSTGRES_HOME, ROOT
from tools.data_folder import claimed, development_secret
from tools.embedded_postgres import EmbeddedPostgres

COMMAND = [sys.executable, "-m", "app"]
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
        app = stack.enter_context(running(COMMAND, cwd=ROOT, env=environment))
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
    settings = Settings(database_url=SecretStr(url))
    # The app reads them again, and would warn of another program's value a second time.
    os.environ["HOST"], os.environ["THREADS"] = settings.host, str(settings.threads)
    os.environ["LOG_LEVEL"] = settings.log_level
    return settings


def _announce(app: Process, settings: Settings) -> None:
    """Print the app's address as soon as it accepts connections."""
    while app.poll() is None:
        if _accepts_connections(settings):
            print(f"Open {settings.public_url} — Ctrl-C stops it.", flush=True)
            return
        time.sleep(0.1)


def _accepts_connections(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, settings.port), timeout=1).close()
    except (OSError, UnicodeError):  # of a name that cannot be one
        return False
    return True
