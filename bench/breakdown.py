"""Where the time of a request goes, measured at the seams while whole requests are handled.

A part that is called alone, in a loop, runs up to three times as fast as within a request.
"""

import logging.config
import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from io import BytesIO
from statistics import median
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from pydantic import SecretStr
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.todos import TodoRepository
from app.adapters.tokens import JwtTokens
from app.api import request_hooks, schemas
from app.logs import logging_config
from app.settings import Settings
from bench.figures import table
from bench.stage import BenchError, Service

WARM_UP, REQUESTS = 100, 1000
PATH, BODY = "/api/todos", b'{"title": "Buy milk"}'
FLASK, WHOLE, HTTP = "Flask alone, with JSON", "the app, all", "through HTTP, one connection"
SEAMS: dict[str, list[tuple[Any, str]]] = {
    "JWT": [(JwtTokens, "read")],
    "JSON Schema": [(schemas, "validation_errors")],
    "SQL, with the pool": [(TodoRepository, "add"), (TodoRepository, "list")],
    "log": [(request_hooks.log, "info")],
}

Function = Callable[..., Any]


class Stopwatch:
    """Records how long calls take, by name."""

    def __init__(self) -> None:
        self._took: dict[str, list[float]] = defaultdict(list)

    def on(self, name: str, function: Function) -> Function:
        """Return a function that calls `function` and records the time."""

        def timed(*args: object, **kwargs: object) -> object:
            begin = time.perf_counter()
            result = function(*args, **kwargs)
            self._took[name].append(time.perf_counter() - begin)
            return result

        return timed

    def medians(self) -> dict[str, float]:
        """Return the median of each in milliseconds, without the first calls."""
        return {name: median(took[WARM_UP:]) * 1000 for name, took in self._took.items()}


def measure(url: str, service: Service, reader: int, writer: int) -> str:
    """Return the table; the reader already has todos."""
    with closing(Database(url)) as database:
        app = _app(url, service, database)
        adding = _times(app, service, "POST", writer, BODY)
        listing = _times(app, service, "GET", reader, b"")
    columns = [_shares(adding), _shares(listing)]
    rows = [[name, *(cell for column in columns for cell in column[name])] for name in columns[0]]
    title = f"Where a request's time goes: medians of {REQUESTS}; the list is the one above"
    return table(title, ["", "add, ms", "share", "list, ms", "share"], rows)


def _times(app: Flask, service: Service, method: str, user: int, body: bytes) -> dict[str, float]:
    """Handle requests alternately with the app, with Flask alone and over HTTP."""
    watch = Stopwatch()
    headers = {**service.bearer(user), "Content-Type": "application/json"}
    environ = EnvironBuilder(
        PATH, service.url, method=method, headers=list(headers.items()), data=body
    ).get_environ()
    bare = _bare_flask(app.json.loads(_call(app, environ, body)))
    connection = HTTPConnection(urlsplit(service.url).netloc, timeout=10)

    def through_http() -> None:
        connection.request(method, PATH, body, headers)
        connection.getresponse().read()

    with ExitStack() as stack:
        for name, places in SEAMS.items():
            for owner, function in places:
                timed = watch.on(name, getattr(owner, function))
                stack.enter_context(patch.object(owner, function, timed))
        for _ in range(WARM_UP + REQUESTS):
            watch.on(WHOLE, _call)(app, environ, body)
            watch.on(FLASK, _call)(bare, environ, body)
            watch.on(HTTP, through_http)()
    return watch.medians()


def _app(url: str, service: Service, database: Database) -> Flask:
    """Return the service's app, which writes its log to the null device."""
    config = logging_config("INFO")
    config["handlers"]["stderr"] |= {"class": "logging.FileHandler", "filename": os.devnull}
    logging.config.dictConfig(config)
    settings = Settings(
        _env_prefix="NOT_FOR_THE_BENCH_",
        database_url=SecretStr(url),
        secret_key=SecretStr(service.secret),
        public_url=service.url,
    )
    return create_app(settings, database, LiveUpdates(url, database, max_pages=0))


def _bare_flask(result: object) -> Flask:
    """Return a Flask app that reads a JSON body and sends the same response."""
    bare = Flask("bare")

    @bare.route(PATH, methods=["GET", "POST"])
    def answer() -> Response:
        request.get_json(silent=True)
        return jsonify(result)

    return bare


def _call(app: Flask, environ: Mapping[str, Any], body: bytes) -> bytes:
    answer, status, _ = run_wsgi_app(app, {**environ, "wsgi.input": BytesIO(body)})
    if not status.startswith("2"):
        raise BenchError(f"The app returned {status} for {environ['REQUEST_METHOD']} {PATH}")
    return b"".join(answer)


def _shares(took: dict[str, float]) -> dict[str, tuple[str, str]]:
    """Add the time that no part accounts for, and each share of the whole request."""
    parts = {name: took.get(name, 0.0) for name in (FLASK, *SEAMS)}
    rows = {
        **parts,
        "the rest: hooks, checks, fields": took[WHOLE] - sum(parts.values()),
        "gunicorn, network, client": took[HTTP] - took[WHOLE],
        HTTP: took[HTTP],
    }
    return {name: (f"{ms:.3f}", f"{ms / took[HTTP]:.0%}") for name, ms in rows.items()}
