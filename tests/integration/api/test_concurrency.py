"""Several requests at once: PostgreSQL decides who wins."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.api_client import add_todo, json_of, new_account, sign_in, sign_up
from tests.support.factories import make_email

CROWD = 16


def all_at_once(call: Callable[[], TestResponse]) -> Counter[int]:
    """Make the call from many threads that start together; return how often it gave each status."""
    start = Barrier(CROWD, timeout=10)

    def wait_and_call(_: int) -> int:
        start.wait()
        return call().status_code

    with ThreadPoolExecutor(CROWD) as threads:
        return Counter(threads.map(wait_and_call, range(CROWD)))


def test_gives_an_email_to_one(app: Flask, client: FlaskClient) -> None:
    """Of many sign-ups with one e-mail at once, in capitals or not, one wins."""
    email = make_email()
    spellings = cycle([email, email.upper()])

    statuses = all_at_once(lambda: sign_up(app.test_client(), next(spellings)))

    assert statuses == {201: 1, 409: CROWD - 1}
    assert sign_in(client, email).status_code == 201


def test_counts_guesses_that_come_at_once(app: Flask, client: FlaskClient) -> None:
    """Many wrong sign-ins at once get no more tries than as many in a row."""
    email = new_account(client)

    statuses = all_at_once(lambda: sign_in(app.test_client(), email, "not the password"))

    assert statuses == {401: 10, 429: CROWD - 10}


def test_loses_no_todo(app: Flask, ada: FlaskClient) -> None:
    """Todos that are added at once are all there, each with an id of its own."""

    def add() -> TestResponse:
        client = app.test_client()
        client.environ_base |= ada.environ_base
        return client.post("/api/todos", json={"title": "Buy milk"})

    statuses = all_at_once(add)

    assert statuses == {201: CROWD}
    assert len({todo["id"] for todo in json_of(ada.get("/api/todos"))}) == CROWD


def test_deletes_a_todo_once(app: Flask, ada: FlaskClient) -> None:
    """Of many that delete one todo at once, one did it, and for the others it is not there."""
    todo = add_todo(ada)

    def delete() -> TestResponse:
        client = app.test_client()
        client.environ_base |= ada.environ_base
        return client.delete(todo["url"])

    statuses = all_at_once(delete)

    assert statuses == {204: 1, 404: CROWD - 1}
