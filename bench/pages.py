"""The latency of live updates, and the memory that an open page costs.

The clock starts when the write is sent, because the update may arrive before the response to the
commit. The table shows the latency of that response too.
"""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import aiohttp
import psycopg

from app.adapters.connection import OPTIONS
from bench.figures import percentile, table
from bench.stage import Service
from bench.throughput import ADD_SQL, values

# One account may have a quarter of the pages that a process accepts.
COUNTS = (1, 50, 200)
# A round may open its pages while the service still closes those of the previous round.
MAX_PAGES = 950
ROUNDS, CHANGES = 3, 40
OPENING = 20  # handshakes at once
CLOSE_SECONDS, TIMEOUT_SECONDS = 2.5, 10

Page = aiohttp.ClientWebSocketResponse
# Milliseconds by measurement and number of open pages, one list for each round.
Rounds = dict[tuple[str, int], list[list[float]]]


@dataclass
class Measurement:
    """Opens pages, adds todos through `writer`, and measures when each page gets the update."""

    service: Service
    writer: psycopg.AsyncConnection[Any]
    took: Rounds = field(default_factory=lambda: defaultdict(list))
    memory: dict[int, int] = field(default_factory=dict)

    async def round(self, name: str, users: list[int]) -> None:
        """Open more and more pages, one for each user; add todos of the first user each time."""
        owner, pages = users[0], list[Page]()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            for count in COUNTS:
                while len(pages) < count:
                    opening = users[len(pages) : count][:OPENING]
                    pages += await asyncio.gather(*(self._open(session, user) for user in opening))
                updated = pages if users[-1] == owner else pages[:1]
                changes = [await self._change(owner, updated) for _ in range(CHANGES)]
                self.took["commit", count].append([commit for commit, _ in changes])
                self.took[name, count].append(
                    [page for _, received in changes for page in received]
                )
                # Only the first figure counts: a process rarely returns memory to the system.
                self.memory.setdefault(count, self.service.worker.memory_info().rss)
            await asyncio.gather(*(page.close() for page in pages))
        await asyncio.sleep(CLOSE_SECONDS)

    async def _open(self, session: aiohttp.ClientSession, user: int) -> Page:
        url, headers = f"{self.service.url}/api/live", self.service.bearer(user)
        return await session.ws_connect(url, headers=headers)

    async def _change(self, owner: int, pages: list[Page]) -> tuple[float, list[float]]:
        """Add a todo; return the ms until the response and until each page got the update."""
        updates = [asyncio.create_task(_receive(page)) for page in pages]
        await asyncio.sleep(0)
        begin = time.perf_counter()
        await self.writer.execute(ADD_SQL, values(owner))
        committed = time.perf_counter()
        received = await asyncio.gather(*updates)
        return (committed - begin) * 1000, [(moment - begin) * 1000 for moment in received]


async def measure(url: str, service: Service, owner: int, other: int) -> str:
    """Return the table: `owner` adds todos, and has either one of the open pages or all of them."""
    async with await psycopg.AsyncConnection.connect(url, **OPTIONS) as writer:
        measurement = Measurement(service, writer)
        for _ in range(ROUNDS):
            await measurement.round("one", [owner] + [other] * (COUNTS[-1] - 1))
            await measurement.round("all", [owner] * COUNTS[-1])
    rows = [_row(measurement.took, count) for count in COUNTS]
    head = ["pages open", "commit p50", "one page: p50", "p99", "all pages: p50", "p99", "ratio"]
    title = "From the write to the page, ms; ratio: all pages to one, p50"
    return table(title, head, rows) + _memory(measurement.memory)


async def _receive(page: Page) -> float:
    await page.receive_json(timeout=TIMEOUT_SECONDS)
    return time.perf_counter()


def _row(took: Rounds, count: int) -> list[str]:
    columns = [("commit", 50), ("one", 50), ("one", 99), ("all", 50), ("all", 99)]
    cells = [
        median(percentile(one, percent) for one in took[name, count]) for name, percent in columns
    ]
    return [str(count), *(f"{cell:.1f}" for cell in cells), f"{cells[3] / cells[1]:.1f}"]


def _memory(memory: dict[int, int]) -> str:
    few, many = (memory[count] / 1024 for count in (COUNTS[0], COUNTS[-1]))
    page = (many - few) / (COUNTS[-1] - COUNTS[0])
    return (
        f"An open page costs {page:.0f} KiB; the process with one page has {few / 1024:.0f} MiB.\n"
    )
