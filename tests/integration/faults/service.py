"""The service as its operator starts it, to be stopped, killed and started anew."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import requests

from tests.builders import some_email, some_password
from tests.integration.live_service import Page, open_page
from tests.waiting import wait_until
from tools.postmaster import free_port

ROOT = Path(__file__).parents[3]
START_SECONDS = 20
# Longer than anything that a test allows.
ANSWER_SECONDS = 15
Person = dict[str, str]


class Service:
    """`python -m app` on a port that it keeps from start to start."""

    def __init__(self, database_url: str, log: Path) -> None:
        """Use this database; what the service logs goes to `log`. Nothing runs yet."""
        self._database_url = database_url
        self._log = log
        self._port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app"],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for pytest, which then stops it
            )

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.launch()
        wait_until(self.is_ready, seconds=START_SECONDS)

    def is_ready(self) -> bool:
        """Say whether the service and its database answer."""
        with suppress(requests.ConnectionError):
            return self.ask("GET", "/readyz").ok
        return False

    def terminate(self) -> None:
        """Ask it to end."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> int:
        """Wait until it has ended and return its exit code; raises subprocess.TimeoutExpired."""
        assert self.process
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End all its processes by kill -9, the one that would start others first."""
        if self.process and self.process.poll() is None:
            main = psutil.Process(self.process.pid)
            for process in [main, *main.children()]:
                process.kill()
            self.process.wait()

    def ask(
        self, method: str, path: str, person: Person | None = None, json: object = None
    ) -> requests.Response:
        """Send a request, on a connection of its own."""
        address = f"http://127.0.0.1:{self._port}{path}"
        headers = {"Connection": "close", **(person or {})}
        return requests.request(method, address, headers=headers, json=json, timeout=ANSWER_SECONDS)

    def new_person(self) -> Person:
        """Make an account and return the header that its owner sends."""
        account = {"email": some_email(), "password": some_password()}
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
        return open_page(self._port, person["Authorization"])

    def connect(self) -> socket.socket:
        """Return a connection on which nothing is sent yet."""
        return socket.create_connection(("127.0.0.1", self._port), ANSWER_SECONDS)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "DATABASE_URL": self._database_url,
            # Nobody is there, so every password is taken.
            "BREACH_API_URL": "http://127.0.0.1:1",
            "SECRET_KEY": "a secret key for tests and nothing else",
            "PORT": str(self._port),
        }
