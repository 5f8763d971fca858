"""Asking again and again against being told: three pages follow the same changes.

Each has a server of its own, so that what it costs there can be told apart. PostgreSQL carries the
news between them, as it does between the machines of a real site.
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

SECRET = "of this show alone, and known to nobody else"  # noqa: S105 -- as it says
# Seconds between changes: irregular, so that no page that looks at a fixed beat is favoured.
GAPS = (0.35, 0.62, 0.17, 0.93, 0.26, 0.48)
PERIODS = {"asks every 1.0 s": 1.0, "asks every 0.1 s": 0.1, "is told by WebSocket": None}
PATIENCE_SECONDS = 5
HEADS = ("the page", "requests", "messages", "bytes up", "down", "delay, ms", "CPU, ms")
HEAD = "{:20}{:>9}{:>9}{:>9}{:>8}{:>10}{:>8}"
ROW = "{:20}{:>9}{:>9}{:>9,}{:>8,}{:>10.0f}{:>8.0f}"


class Line(socket.socket):
    """A connection that counts the bytes that go over it."""

    sent = received = 0

    def sendall(self, data: bytes, *flags: int) -> None:  # type: ignore[override] # bytes alone
        """Send, as HTTP does."""
        super().sendall(data, *flags)
        self.sent += len(data)

    def send(self, data: bytes, *flags: int) -> int:  # type: ignore[override] # bytes alone
        """Send, as WebSocket does."""
        size = super().send(data, *flags)
        self.sent += size
        return size

    def recv_into(self, *arguments: object) -> int:
        """Receive, as HTTP does."""
        size = super().recv_into(*arguments)  # type: ignore[arg-type] # as they came
        self.received += size
        return size

    def recv(self, size: int, *flags: int) -> bytes:
        """Receive, as WebSocket does."""
        data = super().recv(size, *flags)
        self.received += len(data)
        return data


class Page:
    """Fetches the list whenever it is time to, until it has seen the last change."""

    def __init__(self, service: ServiceProcess, user_id: int, period: float | None) -> None:
        """Fetch the list; the time to fetch it again comes by the clock, or else by a message."""
        tokens = JwtTokens([SECRET], site=service.address, lifetime=timedelta(hours=1))
        self._headers = {"Authorization": f"Bearer {tokens.issue(user_id).text}"}
        self._service, self._cpu = service, -cpu_seconds(service)
        self._lines: list[Line] = []
        self._http = HTTPConnection("127.0.0.1", service.port)
        self._http.sock = self._connect()
        self._requests = self._messages = 0
        self._seen: list[float] = []  # when, for each change
        self._wait = partial(time.sleep, period) if period else self._listen()
        self._fetch()

    def follow(self) -> None:
        """Wait and fetch, again and again."""
        while len(self._seen) < len(GAPS):
            self._wait()
            self._fetch()
        self._cpu += cpu_seconds(self._service)

    def figures(self, moments: list[float]) -> list[float]:
        """Return what it cost, and how late it was: the median over the changes."""
        delays = [seen - made for seen, made in zip(self._seen, moments, strict=True)]
        sent = sum(line.sent for line in self._lines)
        received = sum(line.received for line in self._lines)
        times = [median(delays) * 1000, self._cpu * 1000]
        return [self._requests, self._messages, sent, received, *times]

    def _fetch(self) -> None:
        self._http.request("GET", "/api/todos", headers=self._headers)
        todos = json.loads(self._http.getresponse().read())
        self._requests += 1
        # A list that is longer by two shows two changes at once.
        self._seen += [time.monotonic()] * (len(todos) - len(self._seen))

    def _listen(self) -> Callable[[], None]:
        """Shake hands, and return what waits for the next message."""
        url, line = f"ws://127.0.0.1:{self._service.port}/api/live", self._connect()
        live = websocket.create_connection(
            url, header=self._headers, suppress_origin=True, socket=line
        )
        self._requests += 1

        def wait() -> None:
            live.recv()
            self._messages += 1

        return wait

    def _connect(self) -> Line:
        line = Line()
        line.settimeout(PATIENCE_SECONDS)
        line.connect(("127.0.0.1", self._service.port))
        self._lines.append(line)
        return line


def main() -> None:
    """Serve, let the pages follow while changes are made, and print what each page cost."""
    # `kill` ends the show as Ctrl-C does: all that was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The threads stand outside: they end when the servers do, also after Ctrl-C.
    with ThreadPoolExecutor() as threads, site(len(PERIODS)) as (database, services):
        user = UserRepository(database).add("ada@example.org", "no hash", datetime.now(UTC))
        names = PERIODS.items()
        pages = {
            name: Page(service, user.id, period)
            for service, (name, period) in zip(services, names, strict=True)
        }
        following = [threads.submit(page.follow) for page in pages.values()]
        moments = make_changes(TodoRepository(database), Author(user.id))
        for followed in following:
            followed.result()
    print(f"{len(GAPS)} changes in {sum(GAPS):.1f} seconds")
    print(HEAD.format(*HEADS))
    for name, page in pages.items():
        print(ROW.format(name, *page.figures(moments)))


def make_changes(todos: TodoRepository, author: Author) -> list[float]:
    """Add todos, as one more server would, and return when."""
    moments = []
    for gap in GAPS:
        time.sleep(gap)
        moments.append(time.monotonic())
        todos.add(author, {"title": "Buy milk"}, datetime.now(UTC))
    return moments


def cpu_seconds(service: ServiceProcess) -> float:
    """Return how long the service's processes have been at work."""
    parent = psutil.Process(service.process.pid)
    times = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
    return sum(time.user + time.system for time in times)


@contextmanager
def site(count: int) -> Iterator[tuple[Database, list[ServiceProcess]]]:
    """Run so many servers on one PostgreSQL, all of this show alone; end them as it ends."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        url = stack.enter_context(embedded("a show needs no more")).url
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
        sys.exit("Stopped; nothing is left behind.")
