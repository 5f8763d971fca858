"""From a write to the open pages: how long it takes, and what a page costs in memory.

The clock starts when the write is sent, since the news may be faster than the commit's own answer;
how long that answer takes stands beside.
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
# The pages of a round may still be on their way out when the next one opens its own.
MOST = 950
ROUNDS, CHANGES = 3, 40
OPENING = 20  # handshakes at once
LEAVING_SECONDS, LONGEST_SECONDS = 2.5, 10

Page = aiohttp.ClientWebSocketResponse
# Seconds of each round, by what was measured and how many pages were open.
Seconds = dict[tuple[str, int], list[list[float]]]


class Measurement:
    """Pages are opened, todos are committed, and the clock is read when a page is told."""

    def __init__(
        self, service: Service, writer: psycopg.AsyncConnection[Any], owner: int, stranger: int
    ) -> None:
        """Write the owner's todos through `writer`; other pages may be a stranger's."""
        self._service = service
        self._writer = writer
        self._owner = owner
        self._stranger = stranger
        self.seconds: Seconds = defaultdict(list)
        self.memory: dict[int, list[int]] = defaultdict(list)

    async def round(self, *, all_own: bool) -> None:
        """Open more and more pages, the first of them the owner's, and write each time."""
        pages: list[Page] = []
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            for count in COUNTS:
                while len(pages) < count:
                    user = self._owner if all_own or not pages else self._stranger
                    pages += await self._open(session, user, min(OPENING, count - len(pages)))
                changes = [
                    await self._change(pages if all_own else pages[:1]) for _ in range(CHANGES)
                ]
                self.seconds["commit", count].append([commit for commit, _ in changes])
                told = [second for _, change in changes for second in change]
                self.seconds["all" if all_own else "one", count].append(told)
                self.memory[count].append(self._service.worker.memory_info().rss)
            await asyncio.gather(*(page.close() for page in pages))
        await asyncio.sleep(LEAVING_SECONDS)

    async def _open(self, session: aiohttp.ClientSession, user_id: int, count: int) -> list[Page]:
        url, headers = f"{self._service.url}/api/live", self._service.bearer(user_id)
        return await asyncio.gather(
            *(session.ws_connect(url, headers=headers) for _ in range(count))
        )

    async def _change(self, pages: list[Page]) -> tuple[float, list[float]]:
        """Add a todo; return after how long that was answered, and each page was told."""
        telling = [asyncio.create_task(_told(page)) for page in pages]
        await asyncio.sleep(0)
        begin = time.perf_counter()
        await self._writer.execute(ADD_SQL, values(self._owner))
        committed = time.perf_counter() - begin
        return committed, [told - begin for told in await asyncio.gather(*telling)]


async def measure(url: str, service: Service, owner: int, stranger: int) -> str:
    """Return the table."""
    async with await psycopg.AsyncConnection.connect(url, **OPTIONS) as writer:
        measurement = Measurement(service, writer, owner, stranger)
        for _ in range(ROUNDS):
            await measurement.round(all_own=False)
            await measurement.round(all_own=True)
    rows = [_row(measurement.seconds, count) for count in COUNTS]
    head = ["pages open", "commit p50", "one told: p50", "p99", "all told: p50", "p99", "ratio"]
    title = "From the write to the page, ms; ratio: all told against one, p50"
    return table(title, head, rows) + _memory(measurement.memory)


async def _told(page: Page) -> float:
    await page.receive_json(timeout=LONGEST_SECONDS)
    return time.perf_counter()


def _row(seconds: Seconds, count: int) -> list[str]:
    columns = [("commit", 50), ("one", 50), ("one", 99), ("all", 50), ("all", 99)]
    cells = [
        median(percentile(one, percent) for one in seconds[name, count]) * 1000
        for name, percent in columns
    ]
    return [str(count), *(f"{cell:.1f}" for cell in cells), f"{cells[3] / cells[1]:.1f}"]


def _memory(memory: dict[int, list[int]]) -> str:
    # The first round's, since memory that was once taken is seldom given back.
    few, many = (memory[count][0] / 1024 for count in (COUNTS[0], COUNTS[-1]))
    page = (many - few) / (COUNTS[-1] - COUNTS[0])
    return f"A page takes {page:.0f} KiB of the process; with one it has {few / 1024:.0f} MiB.\n"
