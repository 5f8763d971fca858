"""Polling compared with a WebSocket: three pages follow the same changes.

Each page has a server of its own, so that its cost can be measured separately. PostgreSQL carries
the notifications between the servers, as it does between the machines of a real site.
"""

import json
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
import websocket

from app.adapters.database import Database
from app.adapters.todos import TodoRepository
from app.adapters.tokens import JwtTokens
from app.adapters.users import UserRepository
from app.domain.live import Author
from tests.support.postgres_servers import embedded
from tests.support.service import ServiceProcess

SECRET = "a secret that only the servers know"  # noqa: S105 -- used in this demo only
# Seconds between changes: irregular, so that no polling interval is favoured.
GAPS = (0.35, 0.62, 0.17, 0.93, 0.26, 0.48)
INTERVALS = {"polls every 1.0 s": 1.0, "polls every 0.1 s": 0.1, "uses a WebSocket": None}
TIMEOUT_SECONDS = 5
COLUMNS = ("the page", "requests", "messages", "bytes up", "down", "delay, ms", "CPU, ms")
HEADER = "{:20}{:>9}{:>9}{:>9}{:>8}{:>10}{:>8}"
ROW = "{:20}{:>9}{:>9}{:>9,}{:>8,}{:>10.0f}{:>8.0f}"


class CountingSocket(socket.socket):
    """A socket that counts the bytes sent and received."""

    sent = received = 0

    def sendall(self, data: bytes, *flags: int) -> None:  # type: ignore[override] # bytes alone
        """Send for the HTTP client."""
        super().sendall(data, *flags)
        self.sent += len(data)

    def send(self, data: bytes, *flags: int) -> int:  # type: ignore[override] # bytes alone
        """Send for the WebSocket client."""
        size = super().send(data, *flags)
        self.sent += size
        return size

    def recv_into(self, *arguments: object) -> int:
        """Receive for the HTTP client."""
        size = super().recv_into(*arguments)  # type: ignore[arg-type] # passed on unchanged
        self.received += size
        return size

    def recv(self, size: int, *flags: int) -> bytes:
        """Receive for the WebSocket client."""
        data = super().recv(size, *flags)
        self.received += len(data)
        return data


class Page:
    """Fetches the list by polling, or after each message, until it has seen the last change."""

    def __init__(self, service: ServiceProcess, user_id: int, interval: float | None) -> None:
        tokens = JwtTokens([SECRET], site=service.address, lifetime=timedelta(hours=1))
        self._headers = {"Authorization": f"Bearer {tokens.issue(user_id).text}"}
        self._service, self._cpu = service, -cpu_seconds(service)
        self._sockets: list[CountingSocket] = []
        self._http = HTTPConnection("127.0.0.1", service.port)
        self._http.sock = self._connect()
        self._requests = self._messages = 0
        self._seen: list[float] = []  # when each change was seen
        self._wait = partial(time.sleep, interval) if interval else self._listen()
        self._fetch()

    def run(self) -> None:
        """Wait and fetch until the last change has been seen."""
        while len(self._seen) < len(GAPS):
            self._wait()
            self._fetch()
        self._cpu += cpu_seconds(self._service)

    def figures(self, change_times: list[float]) -> list[float]:
        """Return the cost, and the median delay from a change until it was seen."""
        delays = [seen - made for seen, made in zip(self._seen, change_times, strict=True)]
        sent = sum(one.sent for one in self._sockets)
        received = sum(one.received for one in self._sockets)
        times = [median(delays) * 1000, self._cpu * 1000]
        return [self._requests, self._messages, sent, received, *times]

    def _fetch(self) -> None:
        self._http.request("GET", "/api/todos", headers=self._headers)
        todos = json.loads(self._http.getresponse().read())
        self._requests += 1
        # When the list is longer by two, two changes were seen at once.
        self._seen += [time.monotonic()] * (len(todos) - len(self._seen))

    def _listen(self) -> Callable[[], None]:
        """Open the WebSocket, and return a function that waits for its next message."""
        url = f"ws://127.0.0.1:{self._service.port}/api/live"
        live = websocket.create_connection(
            url, header=self._headers, suppress_origin=True, socket=self._connect()
        )
        self._requests += 1

        def wait() -> None:
            live.recv()
            self._messages += 1

        return wait

    def _connect(self) -> CountingSocket:
        connection = CountingSocket()
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(("127.0.0.1", self._service.port))
        self._sockets.append(connection)
        return connection


def main() -> None:
    """Start servers and pages, make the changes, and print what each page cost."""
    # SIGTERM then ends the demo as Ctrl-C does: everything that was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The pool is the outer context: its threads end once the servers have stopped.
    with ThreadPoolExecutor() as threads, site(len(INTERVALS)) as (database, services):
        user = UserRepository(database).add("ada@example.org", "no hash", datetime.now(UTC))
        names = INTERVALS.items()
        pages = {
            name: Page(service, user.id, interval)
            for service, (name, interval) in zip(services, names, strict=True)
        }
        running = [threads.submit(page.run) for page in pages.values()]
        change_times = make_changes(TodoRepository(database), Author(user.id))
        for run in running:
            run.result()
    print(f"{len(GAPS)} changes in {sum(GAPS):.1f} seconds")
    print(HEADER.format(*COLUMNS))
    for name, page in pages.items():
        print(ROW.format(name, *page.figures(change_times)))


def make_changes(todos: TodoRepository, author: Author) -> list[float]:
    """Add todos, as another server would, and return the time of each change."""
    change_times = []
    for gap in GAPS:
        time.sleep(gap)
        change_times.append(time.monotonic())
        todos.add(author, {"title": "Buy milk"}, datetime.now(UTC))
    return change_times


def cpu_seconds(service: ServiceProcess) -> float:
    """Return the CPU time that the service's processes have used."""
    parent = psutil.Process(service.process.pid)
    times = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
    return sum(time.user + time.system for time in times)


@contextmanager
def site(count: int) -> Iterator[tuple[Database, list[ServiceProcess]]]:
    """Run this many servers on one PostgreSQL, and stop them all at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        url = stack.enter_context(embedded("a demo needs no container")).url
        settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET}
        services = [ServiceProcess(folder / f"{number}.log", **settings) for number in range(count)]
        for service in services:
            stack.callback(service.kill)
            service.launch()
        for service in services:
            service.wait_until_ready()
        yield stack.enter_context(closing(Database(url))), services


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped. The servers and PostgreSQL were removed.")
