"""The service that the resilience tests kill and starve, and the requests that they make of it."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.support.factories import make_email, make_password
from tests.support.live_page import LivePage, open_page
from tests.support.service import ServiceProcess
from tests.support.waiting import HANG_SECONDS

THREADS = 40
# A user is the header with which their client sends its token.
User = dict[str, str]


class ResilienceService(ServiceProcess):
    """A service process with the default settings; what it logs is appended to `log`."""

    def __init__(self, database_url: str, log: Path, **settings: str) -> None:
        required = {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret key for tests and nothing else",
            # Nothing listens on this port, so no password is found to be breached.
            "BREACH_API_URL": "http://127.0.0.1:1",
        }
        super().__init__(log, **required, **settings)

    def request(
        self, method: str, path: str, user: User | None = None, json: object = None
    ) -> requests.Response:
        """Send a request on a new connection."""
        headers = {"Connection": "close", **(user or {})}
        return requests.request(
            method, self.address + path, headers=headers, json=json, timeout=HANG_SECONDS
        )

    def new_user(self) -> User:
        """Sign up and sign in."""
        account = {"email": make_email(), "password": make_password()}
        self.request("POST", "/api/users", json=account)
        token = self.request("POST", "/api/sessions", json=account).json()["token"]
        return {"Authorization": f"Bearer {token}"}

    def add(self, user: User, title: str = "Buy milk") -> requests.Response:
        """Add a todo."""
        return self.request("POST", "/api/todos", user, json={"title": title})

    def list(self, user: User) -> list[dict[str, object]]:
        """Return the user's todos."""
        response = self.request("GET", "/api/todos", user)
        assert response.status_code == 200
        todos: list[dict[str, object]] = response.json()
        return todos

    def list_concurrently(self, user: User) -> set[int]:
        """Ask for the list many times at once and return the statuses of the answers."""
        with ThreadPoolExecutor(THREADS) as threads:
            requested = [
                threads.submit(self.request, "GET", "/api/todos", user) for _ in range(2 * THREADS)
            ]
        return {response.result().status_code for response in requested}

    def open_page(self, user: User) -> LivePage:
        """Open a page that receives live updates."""
        return open_page(self.port, user["Authorization"])

    def connect(self) -> socket.socket:
        """Open a TCP connection on which nothing has been sent."""
        return socket.create_connection(("127.0.0.1", self.port), HANG_SECONDS)
