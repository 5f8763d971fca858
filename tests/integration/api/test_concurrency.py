"""Concurrent requests: whatever their order, PostgreSQL keeps the data consistent."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.adapters.database import Database
from tests.support.api_client import add_todo, json_of, make_app, new_account, sign_in, sign_up
from tests.support.factories import make_email
from tests.support.waiting import HANG_SECONDS

THREADS = 16


def run_concurrently(call: Callable[[], TestResponse]) -> Counter[int]:
    """Make the same request from many threads at once and count the statuses of the responses."""
    start = Barrier(THREADS, timeout=HANG_SECONDS)

    def wait_and_call(_: int) -> int:
        start.wait()
        return call().status_code

    with ThreadPoolExecutor(THREADS) as threads:
        return Counter(threads.map(wait_and_call, range(THREADS)))


def test_one_of_many_sign_ups_gets_the_email(app: Flask, client: FlaskClient) -> None:
    """Of concurrent sign-ups with one e-mail, in capitals or not, exactly one succeeds."""
    email = make_email()
    spellings = cycle([email, email.upper()])

    statuses = run_concurrently(lambda: sign_up(app.test_client(), next(spellings)))

    assert statuses == {201: 1, 409: THREADS - 1}
    assert sign_in(client, email).status_code == 201


def test_counts_concurrent_failures(app: Flask, client: FlaskClient) -> None:
    """Concurrent sign-ins with a wrong password get no more tries than sequential ones."""
    email = new_account(client)

    statuses = run_concurrently(lambda: sign_in(app.test_client(), email, "not the password"))

    assert statuses == {401: 10, 429: THREADS - 10}


def test_adds_every_todo(app: Flask, ada: FlaskClient) -> None:
    """Todos that are added concurrently are all stored, each with an id of its own."""

    def add() -> TestResponse:
        client = app.test_client()
        client.environ_base |= ada.environ_base
        return client.post("/api/todos", json={"title": "Buy milk"})

    statuses = run_concurrently(add)

    assert statuses == {201: THREADS}
    assert len({todo["id"] for todo in json_of(ada.get("/api/todos"))}) == THREADS


def test_adds_no_more_todos_than_allowed(database: Database, ada: FlaskClient) -> None:
    """However many additions are made at once, the list gets as long as the setting says."""
    app = make_app(database, todos_per_account=3)

    def add() -> TestResponse:
        client = app.test_client()
        client.environ_base |= ada.environ_base
        return client.post("/api/todos", json={"title": "Buy milk"})

    statuses = run_concurrently(add)

    assert statuses == {201: 3, 409: THREADS - 3}
    assert len(json_of(ada.get("/api/todos"))) == 3


def test_deletes_a_todo_once(app: Flask, ada: FlaskClient) -> None:
    """Of concurrent deletions of one todo exactly one succeeds, and the others are 404."""
    todo = add_todo(ada)

    def delete() -> TestResponse:
        client = app.test_client()
        client.environ_base |= ada.environ_base
        return client.delete(todo["url"])

    statuses = run_concurrently(delete)

    assert statuses == {204: 1, 404: THREADS - 1}
