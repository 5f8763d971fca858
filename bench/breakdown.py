"""Where the time of a request goes, measured at the seams while whole requests are handled.

A part that is called alone, in a loop, runs up to three times as fast as within a request.
"""

import logging.config
import os
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from io import BytesIO
from statistics import median
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.todos import TodoRepository
from app.adapters.tokens import JwtTokens
from app.api import request_hooks, schemas
from app.logs import logging_config
from bench.figures import table
from bench.stage import Service
from tests.support.factories import make_settings
from tools.common import ToolError

WARM_UP, REQUESTS = 100, 1000
PATH, BODY = "/api/todos", b'{"title": "Buy milk"}'
FLASK, WHOLE, HTTP = "Flask alone, with JSON", "the app, all", "through HTTP, one connection"
SEAMS: list[tuple[str, Any, str]] = [
    ("JWT", JwtTokens, "read"),
    ("JSON Schema", schemas, "validation_errors"),
    ("SQL, with the pool", TodoRepository, "add"),
    ("SQL, with the pool", TodoRepository, "list"),
    ("log", request_hooks.log, "info"),
]
PARTS = (FLASK, *dict.fromkeys(name for name, _, _ in SEAMS))
Function = Callable[..., Any]


def measure(url: str, service: Service, reader: int, writer: int) -> str:
    """Return the table; the reader already has todos."""
    with closing(Database(url)) as database:
        app = _app(url, service, database)
        adding = _shares(_medians(app, service, "POST", writer, BODY))
        listing = _shares(_medians(app, service, "GET", reader, b""))
    rows = [[name, *adding[name], *listing[name]] for name in adding]
    title = f"Where a request's time goes: medians of {REQUESTS}; the list is the one above"
    return table(title, ["", "add, ms", "share", "list, ms", "share"], rows)


def _app(url: str, service: Service, database: Database) -> Flask:
    """Return the service's app, which writes its log to the null device."""
    config = logging_config("INFO")
    config["handlers"]["stderr"] |= {"class": "logging.FileHandler", "filename": os.devnull}
    logging.config.dictConfig(config)
    settings = make_settings(database_url=url, secret_key=service.secret, public_url=service.url)
    return create_app(settings, database, LiveUpdates(url, database, max_pages=0))


def _medians(app: Flask, service: Service, method: str, user: int, body: bytes) -> dict[str, float]:
    """Handle requests alternately with the app, with Flask alone and over HTTP; return the ms."""
    headers = {**service.bearer(user), "Content-Type": "application/json"}
    environ = EnvironBuilder(
        PATH, service.url, method=method, headers=[*headers.items()], data=body
    ).get_environ()
    bare = _bare_flask(app.json.loads(_call(app, environ, body)))
    connection = HTTPConnection(urlsplit(service.url).netloc, timeout=10)

    def through_http() -> None:
        connection.request(method, PATH, body, headers)
        connection.getresponse().read()

    took: dict[str, list[float]] = {name: [] for name in (*PARTS, WHOLE, HTTP)}
    with ExitStack() as stack:
        for name, owner, function in SEAMS:
            timed = _timed(getattr(owner, function), took[name])
            stack.enter_context(patch.object(owner, function, timed))
        for _ in range(WARM_UP + REQUESTS):
            _timed(_call, took[WHOLE])(app, environ, body)
            _timed(_call, took[FLASK])(bare, environ, body)
            _timed(through_http, took[HTTP])()
    return {name: median(each[WARM_UP:] or [0]) * 1000 for name, each in took.items()}


def _timed(function: Function, took: list[float]) -> Function:
    """Return a function that calls `function` and records how many seconds that takes."""

    def timed(*args: object, **kwargs: object) -> object:
        begin = time.perf_counter()
        result = function(*args, **kwargs)
        took.append(time.perf_counter() - begin)
        return result

    return timed


def _bare_flask(result: object) -> Flask:
    """Return a Flask app that reads a JSON body and sends the same response."""
    bare = Flask("bare")

    @bare.route(PATH, methods=["GET", "POST"])
    def answer() -> Response:
        request.get_json(silent=True)
        return jsonify(result)

    return bare


def _call(app: Flask, environ: dict[str, Any], body: bytes) -> bytes:
    answer, status, _ = run_wsgi_app(app, {**environ, "wsgi.input": BytesIO(body)})
    if not status.startswith("2"):
        raise ToolError(f"The app returned {status} for {environ['REQUEST_METHOD']} {PATH}")
    return b"".join(answer)


def _shares(took: dict[str, float]) -> dict[str, tuple[str, str]]:
    """Add the time that no part accounts for, and each share of the whole request."""
    parts = {name: took[name] for name in PARTS}
    rows = {
        **parts,
        "the rest: hooks, checks, fields": took[WHOLE] - sum(parts.values()),
        "gunicorn, network, client": took[HTTP] - took[WHOLE],
        HTTP: took[HTTP],
    }
    return {name: (f"{ms:.3f}", f"{ms / took[HTTP]:.0%}") for name, ms in rows.items()}
