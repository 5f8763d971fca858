"""Polling against pushing: four pages follow the same changes of the same real service."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlsplit

import requests
import websocket

from tests.builders import some_email, some_password
from tests.postgres_servers import embedded
from tests.service import Service

# Irregular, so that no clock that ticks is favoured; seconds between changes.
GAPS = (0.35, 0.62, 0.17, 0.48, 0.26, 0.33)
PERIODS = (0.1, 0.5, 1.0)
PATIENCE_SECONDS = 2


class Line(socket.socket):
    """A connection that counts what goes over it, in both directions."""

    count = 0

    def sendall(self, data: bytes, *flags: int) -> None:  # type: ignore[override] # bytes alone
        """Send, and count."""
        self.count += len(data)
        super().sendall(data, *flags)

    def send(self, data: bytes, *flags: int) -> int:  # type: ignore[override] # bytes alone
        """Send, and count."""
        sent = super().send(data, *flags)
        self.count += sent
        return sent

    def recv(self, size: int, *flags: int) -> bytes:
        """Receive, and count."""
        data = super().recv(size, *flags)
        self.count += len(data)
        return data

    def recv_into(self, *arguments: object) -> int:
        """Receive, and count."""
        size = super().recv_into(*arguments)  # type: ignore[arg-type] # as they came
        self.count += size
        return size


@dataclass
class Page:
    """A page that follows: how often it asked, what that cost, and when it saw how many todos."""

    name: str
    line: Line
    http: HTTPConnection
    token: str
    requests: int = 0
    seen: dict[int, float] = field(default_factory=dict)

    def fetch(self) -> None:
        """Get the list, and note since when it is so long."""
        self.http.request("GET", "/api/todos", headers={"Authorization": f"Bearer {self.token}"})
        todos = json.loads(self.http.getresponse().read())
        self.requests += 1
        self.seen.setdefault(len(todos), time.monotonic())


def main() -> None:
    """Serve, let the pages follow, make changes, and print what each page paid."""
    with service() as address:
        token = sign_in(address)
        done = Event()
        polling = [a_page(f"polls every {period} s", address, token) for period in PERIODS]
        pushed = a_page("is told by WebSocket", address, token)
        threads = [
            *(Thread(target=poll, args=x) for x in zip(polling, PERIODS, [done] * 3, strict=True)),
            Thread(target=listen, args=(pushed, address, done)),
        ]
        for thread in threads:
            thread.start()
        changes = make_changes(address, token)
        time.sleep(max(PERIODS))
        done.set()
        for thread in threads:
            thread.join()
    print(f"{'the page':22}{'requests':>10}{'bytes':>10}{'median delay, ms':>18}")
    for page in [*polling, pushed]:
        report(page, changes)


@contextmanager
def service() -> Iterator[str]:
    """Run the service and a PostgreSQL, both of this show alone; return the address."""
    with embedded("a show needs no more") as server, TemporaryDirectory() as folder:
        settings = {"DATABASE_URL": server.url, "SECRET_KEY": "of this show alone, and no other"}
        one = Service(Path(folder, "log"), BREACH_API_URL="http://127.0.0.1:1", **settings)
        try:
            one.start()
            yield one.address
        finally:
            one.stop()


def sign_in(address: str) -> str:
    """Make an account, and return a token."""
    account = {"email": some_email(), "password": some_password()}
    requests.post(f"{address}/api/users", json=account, timeout=PATIENCE_SECONDS)
    answer = requests.post(f"{address}/api/sessions", json=account, timeout=PATIENCE_SECONDS)
    return str(answer.json()["token"])


def a_page(name: str, address: str, token: str) -> Page:
    """Return a page with a connection that is kept."""
    parts = urlsplit(address)
    line = connected(address)
    http = HTTPConnection(str(parts.hostname), parts.port)
    http.sock = line
    return Page(name, line, http, token)


def connected(address: str) -> Line:
    """Return a connection to the service."""
    parts = urlsplit(address)
    line = Line()
    line.settimeout(PATIENCE_SECONDS)
    line.connect((parts.hostname, parts.port))
    return line


def poll(page: Page, period: float, done: Event) -> None:
    """Ask again and again, whether or not anything has changed."""
    while not done.wait(period):
        page.fetch()


def listen(page: Page, address: str, done: Event) -> None:
    """Wait to be told, and ask then."""
    line = connected(address)
    live = websocket.create_connection(
        f"ws://{urlsplit(address).netloc}/api/live",
        header={"Authorization": f"Bearer {page.token}"},
        suppress_origin=True,
        socket=line,
    )
    live.settimeout(PERIODS[0])
    while not done.is_set():
        try:
            live.recv()
        except websocket.WebSocketTimeoutException:
            continue
        page.fetch()
    page.line.count += line.count
    live.close()


def make_changes(address: str, token: str) -> list[float]:
    """Add todos, and return when each was asked for."""
    moments = []
    for number, gap in enumerate(GAPS):
        time.sleep(gap)
        moments.append(time.monotonic())
        requests.post(
            f"{address}/api/todos",
            json={"title": f"todo {number}"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_SECONDS,
        )
    return moments


def report(page: Page, changes: list[float]) -> None:
    """Print a line: a change is seen when the list is as long, or longer."""
    delays = [
        min(moment for count, moment in page.seen.items() if count > number) - asked
        for number, asked in enumerate(changes)
    ]
    delay = f"{median(delays) * 1000:.0f}"
    print(f"{page.name:22}{page.requests:>10}{page.line.count:>10,}{delay:>18}")


if __name__ == "__main__":
    main()
