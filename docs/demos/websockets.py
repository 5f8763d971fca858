"""Polling compared with a WebSocket: three pages follow the same changes."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.support.postgres_servers import embedded
from tests.support.resilience_service import ResilienceService, User

# Seconds between changes: irregular, so that no polling interval is favoured.
GAPS = (0.35, 0.62, 0.17, 0.93, 0.26, 0.48)
INTERVALS = {"polls every 1.0 s": 1.0, "polls every 0.1 s": 0.1, "uses a WebSocket": None}
COLUMNS = "{:20}{:>10}{:>10}{:>11}"


class Page:
    """Fetches the list after each interval, or after each message, until it has all changes."""

    def __init__(self, service: ResilienceService, user: User, interval: float | None) -> None:
        self._service, self._user, self._interval = service, user, interval
        self._live = None if interval else service.open_page(user)
        self.requests = 1 if self._live else 0  # the handshake is a request
        self.messages = 0
        self._seen: list[float] = []  # when each change was seen

    def run(self) -> None:
        """Fetch the list, then wait and fetch until the last change has been seen."""
        self._fetch()
        while len(self._seen) < len(GAPS):
            self._wait()
            self._fetch()

    def delay(self, change_times: list[float]) -> float:
        """Return the median number of seconds from a change until it was seen."""
        times = zip(self._seen, change_times, strict=True)
        return median(seen - made for seen, made in times)

    def _fetch(self) -> None:
        todos = self._service.list(self._user)
        self.requests += 1
        # When the list is longer by two, two changes were seen at once.
        self._seen += [time.monotonic()] * (len(todos) - len(self._seen))

    def _wait(self) -> None:
        if self._live:
            self._live.next_update()
            self.messages += 1
        else:
            time.sleep(self._interval or 0)


def main() -> None:
    """Start PostgreSQL and the service, and compare the pages."""
    with TemporaryDirectory() as folder, embedded("a demo needs no container") as postgres:
        service = ResilienceService(postgres.url, Path(folder, "service.log"))
        # Leaving the pool waits for its threads, which end once the service has stopped.
        with ThreadPoolExecutor() as threads:
            try:
                service.start()
                compare(service, threads)
            finally:
                service.kill()


def compare(service: ResilienceService, threads: ThreadPoolExecutor) -> None:
    """Make the changes while the pages run, and print what each page cost."""
    user = service.new_user()
    pages = {name: Page(service, user, interval) for name, interval in INTERVALS.items()}
    running = [threads.submit(page.run) for page in pages.values()]
    change_times = make_changes(service, user)
    for run in running:
        run.result()
    print(f"{len(GAPS)} changes in {sum(GAPS):.1f} seconds")
    print(COLUMNS.format("the page", "requests", "messages", "delay, ms"))
    for name, page in pages.items():
        milliseconds = round(page.delay(change_times) * 1000)
        print(COLUMNS.format(name, page.requests, page.messages, milliseconds))


def make_changes(service: ResilienceService, user: User) -> list[float]:
    """Add todos, and return the time of each."""
    change_times = []
    for gap in GAPS:
        time.sleep(gap)
        change_times.append(time.monotonic())
        service.add(user)
    return change_times
