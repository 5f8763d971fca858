"""Starts the app as a child, after its settings and its database are there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from dotenv import load_dotenv
from pydantic import SecretStr, ValidationError

from app.settings import Settings, explain
from tools.common import POSTGRES_HOME, ROOT
from tools.data_folder import claimed, development_secret

SECONDS_TO_STOP = 20


def serve(stop_requests: Sequence[int]) -> int:
    """Serve until `stop_requests` has something in it, and return the exit code.

    Raises ToolError and OSError where the embedded database cannot be had.
    """
    try:
        settings = _complete_settings()
    except ValidationError as error:
        print(*explain(error), sep="\n", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = _own_database(stack, settings)
        return _run_app(settings, stop_requests)


def _complete_settings() -> Settings:
    load_dotenv(ROOT / ".env")
    # A terminal is for what goes wrong.
    os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL") or "WARNING"
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or development_secret()
    # The embedded database has no address yet.
    url = os.environ.get("DATABASE_URL") or "postgresql://"
    return Settings(database_url=SecretStr(url))


def _own_database(stack: ExitStack, settings: Settings) -> str:
    # Loaded only here: whoever brings a database needs nothing of it.
    from tools.embedded_postgres import EmbeddedPostgres  # noqa: PLC0415

    stack.enter_context(claimed(settings.public_url))
    return stack.enter_context(EmbeddedPostgres(POSTGRES_HOME))


def _run_app(settings: Settings, stop_requests: Sequence[int]) -> int:
    # What answers already is another program, whose health says nothing about ours.
    announced = _answers(settings)
    app = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, start_new_session=True)
    while (code := app.poll()) is None and not stop_requests:
        if not announced and _answers(settings):
            print(f"Open {settings.public_url} — Ctrl-C stops it.", flush=True)
            announced = True
        time.sleep(0.1)
    if code is None:
        _end(app)
    return 0 if stop_requests else app.returncode


def _answers(settings: Settings) -> bool:
    connection = HTTPConnection(settings.host, settings.port, timeout=1)
    try:
        host = urlsplit(settings.public_url).netloc
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(app: subprocess.Popen[bytes]) -> None:
    app.terminate()
    try:
        app.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        # The app leads a group of its own: its workers end with it.
        os.killpg(app.pid, signal.SIGKILL)
        app.wait()
