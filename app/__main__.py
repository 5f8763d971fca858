"""`python -m app`: checks the settings, applies the migrations, serves.

Exit codes: 0 stopped, 1 the database or the port is not available, 2 a setting is wrong.
"""

import errno
import logging.config
import resource
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import Any, cast

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from pydantic import ValidationError

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.logs import logging_config
from app.migrate import fail, migrate_or_exit
from app.server.worker import Worker
from app.settings import Settings, explain

Handler = Callable[[int, FrameType | None], None]

# However many pages are open, these remain for requests.
REQUEST_THREADS = 48
# Connections that wait for a client cost no thread, so they may wait longer than clients and
# proxies keep them: a client that reuses one just when it is closed loses its request.
WAITING_CONNECTIONS, KEEP_ALIVE_SECONDS = 1000, 75
OPEN_FILES = 8192  # a connection needs one, an open page three


class ServerLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's log, without its line for each request: the app writes a better one."""

    def access(self, *_: object) -> None:
        """Do not even build the line, which took a twentieth of a request's time."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with threads, each of which holds one request or one open page.

    It accepts connections on `listener`, and does not read the command line.
    """

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener.detach()  # gunicorn closes it
        self._resources = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Pass our settings to gunicorn."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Create the app in each worker, so that no connection crosses a fork."""
        url = self._settings.database_url.get_secret_value()
        database = Database(url)
        self._resources.callback(database.close)
        live = LiveUpdates(url, database, max_pages=self._settings.threads - REQUEST_THREADS)
        live.start()
        _stop_on_sigterm(live)
        return create_app(self._settings, database, live)

    def _options(self) -> dict[str, Any]:
        settings = self._settings
        return {
            "bind": f"fd://{self._listener}",
            "worker_class": Worker,
            "workers": settings.processes,
            "threads": settings.threads,
            "worker_connections": settings.threads + WAITING_CONNECTIONS,
            "keepalive": KEEP_ALIVE_SECONDS,
            "sendfile": False,  # its time limit starts anew with each part that is sent
            "graceful_timeout": 10,
            "worker_exit": lambda _arbiter, _worker: self._resources.close(),
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "logger_class": ServerLog,
            "logconfig_dict": logging_config(settings.log_level),
        }


def main() -> None:
    """Serve until stopped; always ends with SystemExit."""
    try:
        settings = Settings()
    except ValidationError as error:
        fail(2, *explain(error))
    logging.config.dictConfig(logging_config(settings.log_level))
    migrate_or_exit(settings.database_url.get_secret_value())
    try:
        listener = _listen(settings)
    except OSError as error:
        fail(1, _explain_address(settings, error))
    allow_open_files()
    Server(settings, listener).run()


def _stop_on_sigterm(live: LiveUpdates) -> None:
    """Close open pages at once; gunicorn alone would wait until their connections end."""
    end_worker = cast("Handler", signal.getsignal(signal.SIGTERM))

    def stop(number: int, frame: FrameType | None) -> None:
        live.stop()
        end_worker(number, frame)

    signal.signal(signal.SIGTERM, stop)


def allow_open_files() -> None:
    """Use what the system permits: often 1,024 files are the default and many more the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, OPEN_FILES)), hard))


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _listen(settings: Settings) -> socket.socket:
    """Bind the port here: gunicorn would try for seconds and then explain it in six lines."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family)


def _explain_address(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"PORT: {_address(settings)} is taken. Stop what has it, or choose: PORT=8001"
    return f"HOST, PORT: cannot listen on {_address(settings)}: {error.strerror}."


if __name__ == "__main__":
    main()
