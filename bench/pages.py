"""The latency of live updates, and the memory that an open page costs.

The clock starts when the write is sent, because the update may arrive before the response to the
commit. The table shows the latency of that response too.
"""

import asyncio
import time
from collections import defaultdict
from statistics import median
from typing import Any

import aiohttp
import psycopg

from app.adapters.connection import OPTIONS
from bench.figures import percentile, table
from bench.stage import Service
from bench.throughput import ADD_SQL, values

COUNTS = (1, 100, 500)
# A round may open its pages while the service still closes those of the previous round.
MAX_PAGES = 950
ROUNDS, CHANGES = 3, 40
OPENING = 20  # handshakes at once
CLOSE_SECONDS, TIMEOUT_SECONDS = 2.5, 10

Page = aiohttp.ClientWebSocketResponse
# Seconds in each round, by measurement and number of open pages.
Seconds = dict[tuple[str, int], list[list[float]]]


class Measurement:
    """Opens pages, commits todos, and measures when each page gets the update.

    `writer` commits todos of `owner`; the other pages may belong to `other`.
    """

    def __init__(
        self, service: Service, writer: psycopg.AsyncConnection[Any], owner: int, other: int
    ) -> None:
        self._service = service
        self._writer = writer
        self._owner = owner
        self._other = other
        self.seconds: Seconds = defaultdict(list)
        self.memory: dict[int, list[int]] = defaultdict(list)

    async def round(self, *, all_own: bool) -> None:
        """Open more and more pages and write each time; the first page is the owner's."""
        pages: list[Page] = []
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            for count in COUNTS:
                while len(pages) < count:
                    user = self._owner if all_own or not pages else self._other
                    pages += await self._open(session, user, min(OPENING, count - len(pages)))
                changes = [
                    await self._change(pages if all_own else pages[:1]) for _ in range(CHANGES)
                ]
                self.seconds["commit", count].append([commit for commit, _ in changes])
                received = [second for _, change in changes for second in change]
                self.seconds["all" if all_own else "one", count].append(received)
                self.memory[count].append(self._service.worker.memory_info().rss)
            await asyncio.gather(*(page.close() for page in pages))
        await asyncio.sleep(CLOSE_SECONDS)

    async def _open(self, session: aiohttp.ClientSession, user_id: int, count: int) -> list[Page]:
        url, headers = f"{self._service.url}/api/live", self._service.bearer(user_id)
        return await asyncio.gather(
            *(session.ws_connect(url, headers=headers) for _ in range(count))
        )

    async def _change(self, pages: list[Page]) -> tuple[float, list[float]]:
        """Add a todo; return the seconds until the response and until each page got the update."""
        updates = [asyncio.create_task(_receive(page)) for page in pages]
        await asyncio.sleep(0)
        begin = time.perf_counter()
        await self._writer.execute(ADD_SQL, values(self._owner))
        committed = time.perf_counter() - begin
        return committed, [received - begin for received in await asyncio.gather(*updates)]


async def measure(url: str, service: Service, owner: int, other: int) -> str:
    """Return the table."""
    async with await psycopg.AsyncConnection.connect(url, **OPTIONS) as writer:
        measurement = Measurement(service, writer, owner, other)
        for _ in range(ROUNDS):
            await measurement.round(all_own=False)
            await measurement.round(all_own=True)
    rows = [_row(measurement.seconds, count) for count in COUNTS]
    head = ["pages open", "commit p50", "one page: p50", "p99", "all pages: p50", "p99", "ratio"]
    title = "From the write to the page, ms; ratio: all pages to one, p50"
    return table(title, head, rows) + _memory(measurement.memory)


async def _receive(page: Page) -> float:
    await page.receive_json(timeout=TIMEOUT_SECONDS)
    return time.perf_counter()


def _row(seconds: Seconds, count: int) -> list[str]:
    columns = [("commit", 50), ("one", 50), ("one", 99), ("all", 50), ("all", 99)]
    cells = [
        median(percentile(one, percent) for one in seconds[name, count]) * 1000
        for name, percent in columns
    ]
    return [str(count), *(f"{cell:.1f}" for cell in cells), f"{cells[3] / cells[1]:.1f}"]


def _memory(memory: dict[int, list[int]]) -> str:
    # From the first round, because a process rarely returns memory to the system.
    few, many = (memory[count][0] / 1024 for count in (COUNTS[0], COUNTS[-1]))
    page = (many - few) / (COUNTS[-1] - COUNTS[0])
    return (
        f"An open page costs {page:.0f} KiB; the process with one page has {few / 1024:.0f} MiB.\n"
    )
