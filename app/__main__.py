"""`python -m app`: checks the settings, brings the database up to date, serves.

Exit codes: 0 stopped, 1 the database or the port cannot be had, 2 a setting is wrong.
"""

import errno
import logging.config
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn, cast

import psycopg
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from pydantic import ValidationError

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.migrations import migrate
from app.domain.errors import StorageUnavailableError
from app.logs import logging_config
from app.settings import Settings, explain

Handler = Callable[[int, FrameType | None], None]

# However many pages are open, so many requests are served.
THREADS_FOR_REQUESTS = 48


class ServerLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's log, without its line for each request: the app writes one that tells more."""

    def access(self, *_: object) -> None:
        """Spare the line, and not only its output: to put it together took a twentieth."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with threads, each of which holds one request or one open page."""

    def __init__(self, settings: Settings) -> None:
        """Serve with these settings; the command line is not read."""
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the app; called in each worker, so that no connection crosses a fork."""
        url = self._settings.database_url.get_secret_value()
        database = Database(url)
        live = LiveUpdates(url, database, most=self._settings.threads - THREADS_FOR_REQUESTS)
        live.start()
        _stop_on_sigterm(live)
        return create_app(self._settings, database, live)

    def _options(self) -> dict[str, Any]:
        settings = self._settings
        return {
            "bind": _address(settings),
            "worker_class": "gthread",
            "workers": settings.processes,
            "threads": settings.threads,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "logger_class": ServerLog,
            "logconfig_dict": logging_config(settings.log_level),
        }


def main() -> None:
    """Serve until told to stop; each end is a SystemExit."""
    try:
        settings = Settings()
    except ValidationError as error:
        _fail(2, *explain(error))
    logging.config.dictConfig(logging_config(settings.log_level))
    try:
        migrate(settings.database_url.get_secret_value())
    except StorageUnavailableError as error:
        _fail(1, f"DATABASE_URL: no database to be had there: {error}")
    except psycopg.Error as error:
        reason = str(error).partition("\n")[0]
        _fail(1, f"DATABASE_URL: the schema could not be brought up to date: {reason}")
    try:
        _try_address(settings)
    except OSError as error:
        _fail(1, _explain_address(settings, error))
    Server(settings).run()


def _stop_on_sigterm(live: LiveUpdates) -> None:
    """Let open pages go at once; gunicorn alone would sit out their connections."""
    end_worker = cast("Handler", signal.getsignal(signal.SIGTERM))

    def stop(number: int, frame: FrameType | None) -> None:
        live.stop()
        end_worker(number, frame)

    signal.signal(signal.SIGTERM, stop)


def _fail(code: int, *lines: str) -> NoReturn:
    sys.stderr.write("\n".join(lines) + "\n")
    sys.exit(code)


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _try_address(settings: Settings) -> None:
    """Try to listen, since gunicorn would try it for seconds and then say it in six lines."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))


def _explain_address(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"PORT: {_address(settings)} is taken. Stop what has it, or choose: PORT=8001"
    return f"HOST, PORT: cannot listen on {_address(settings)}: {error.strerror}."


if __name__ == "__main__":
    main()
