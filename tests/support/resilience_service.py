"""The service that the fault tests mistreat, and what its clients ask of it."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.support import service
from tests.support.factories import make_email, make_password
from tests.support.live_service import Page, open_page
from tests.support.service import ANSWER_SECONDS

MANY = 40
Person = dict[str, str]


class Service(service.Service):
    """A service of the test's own, with the settings as they come."""

    def __init__(self, database_url: str, log: Path, **settings: str) -> None:
        """Prepare to run it on this database; what it logs is added to `log`."""
        required = {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret key for tests and nothing else",
            # Nobody is there, so every password is taken.
            "BREACH_API_URL": "http://127.0.0.1:1",
        }
        super().__init__(log, **required, **settings)

    def ask(
        self, method: str, path: str, person: Person | None = None, json: object = None
    ) -> requests.Response:
        """Send a request, on a connection of its own."""
        headers = {"Connection": "close", **(person or {})}
        return requests.request(
            method, self.address + path, headers=headers, json=json, timeout=ANSWER_SECONDS
        )

    def new_person(self) -> Person:
        """Make an account and return the header that its owner sends."""
        account = {"email": make_email(), "password": make_password()}
        self.ask("POST", "/api/users", json=account)
        token = self.ask("POST", "/api/sessions", json=account).json()["token"]
        return {"Authorization": f"Bearer {token}"}

    def add(self, person: Person, title: str = "Buy milk") -> requests.Response:
        """Add a todo."""
        return self.ask("POST", "/api/todos", person, json={"title": title})

    def list(self, person: Person) -> list[dict[str, object]]:
        """Return the person's todos."""
        response = self.ask("GET", "/api/todos", person)
        assert response.status_code == 200
        todos: list[dict[str, object]] = response.json()
        return todos

    def open_page(self, person: Person) -> Page:
        """Open a page that is told of changes."""
        return open_page(self.port, person["Authorization"])

    def connect(self) -> socket.socket:
        """Return a connection on which nothing is sent yet."""
        return socket.create_connection(("127.0.0.1", self.port), ANSWER_SECONDS)


def all_at_once(service: Service, person: Person) -> set[int]:
    """Ask for the list many times at once and return the statuses of the answers."""
    with ThreadPoolExecutor(MANY) as crowd:
        asked = [crowd.submit(service.ask, "GET", "/api/todos", person) for _ in range(2 * MANY)]
    return {request.result().status_code for request in asked}
