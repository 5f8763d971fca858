"""Todos through the whole service, compared with the same SQL through as many connections."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from statistics import median
from typing import Any

import aiohttp
import psycopg

from app.adapters.connection import OPTIONS
from app.adapters.database import MAX_CONNECTIONS
from app.adapters.notifications import encode
from app.adapters.todos import ADD, LIST, NOTIFY
from app.domain.live import Author
from bench.figures import percentile, table
from bench.stage import Service

ROUNDS, SECONDS, LISTED = 5, 1.0, 20
BODY = {"title": "Buy milk"}
ADD_SQL, LIST_SQL = ADD.as_string().encode(), LIST.as_string().encode()
ADD_SQL_WITHOUT_NOTIFY = ADD_SQL.replace(f", {NOTIFY.as_string()}".encode(), b"")

# Performs one operation on the connection with this number.
Operation = Callable[[int], Awaitable[object]]
Rounds = list[list[float]]  # the seconds of each operation, one list for each round


async def measure(url: str, one: Service, two: Service, reader: int, writer: int) -> str:
    """Return the table; `one` and `two` are the service with one and two processes."""
    async with AsyncExitStack() as stack:
        connections = [
            await stack.enter_async_context(await psycopg.AsyncConnection.connect(url, **OPTIONS))
            for _ in range(MAX_CONNECTIONS)
        ]
        session = await stack.enter_async_context(aiohttp.ClientSession(raise_for_status=True))
        for _ in range(LISTED):
            await connections[0].execute(ADD_SQL, values(reader))

        def by_sql(statement: bytes, parameters: Mapping[str, object]) -> Operation:
            async def perform(number: int) -> object:
                return await (await connections[number].execute(statement, parameters)).fetchall()

            return perform

        def by_http(service: Service, method: str, user_id: int) -> Operation:
            url, headers = f"{service.url}/api/todos", service.bearer(user_id)
            body = BODY if method == "POST" else None

            async def perform(_number: int) -> object:
                async with session.request(method, url, headers=headers, json=body) as response:
                    return await response.read()

            return perform

        operations = {
            "add": by_http(one, "POST", writer),
            "add by two": by_http(two, "POST", writer),
            "add sql": by_sql(ADD_SQL, values(writer)),
            "add without NOTIFY": by_sql(ADD_SQL_WITHOUT_NOTIFY, values(writer)),
            "list": by_http(one, "GET", reader),
            "list by two": by_http(two, "GET", reader),
            "list sql": by_sql(LIST_SQL, {"user_id": reader, "completed": None}),
        }
        return _table(await _in_turns(operations))


def values(user_id: int) -> dict[str, Any]:
    """Return the parameters of the statement that adds a todo."""
    nothing = {"completed": False, "order": None, "due": None, "now": datetime.now(UTC)}
    return {"user_id": user_id, "message": encode(Author(user_id)), **BODY, **nothing}


async def _in_turns(operations: Mapping[str, Operation]) -> dict[str, Rounds]:
    """Alternate between the operations, so that a slow moment affects all of them alike."""
    rounds = [
        {name: await _run(perform) for name, perform in operations.items()}
        for _ in range(ROUNDS + 1)
    ]
    return {name: [one[name] for one in rounds[1:]] for name in operations}


async def _run(perform: Operation) -> list[float]:
    """Keep all connections busy for a second; return how long each operation took."""
    end = time.perf_counter() + SECONDS
    took: list[float] = []

    async def repeat(number: int) -> None:
        while (begin := time.perf_counter()) < end:
            await perform(number)
            took.append(time.perf_counter() - begin)

    await asyncio.gather(*map(repeat, range(MAX_CONNECTIONS)))
    return took


def _table(took: Mapping[str, Rounds]) -> str:
    rows = [
        _row("add a todo: service / SQL", took["add"], took["add sql"]),
        _row(f"list {LISTED} todos: service / SQL", took["list"], took["list sql"]),
        _row("add: two processes / one", took["add by two"], took["add"]),
        _row("list: two processes / one", took["list by two"], took["list"]),
        _row("add by SQL: with / without NOTIFY", took["add sql"], took["add without NOTIFY"]),
    ]
    head = ["", "first, 1/s", "second, 1/s", "ratio", "p50 of first, ms", "p99, ms"]
    return table(f"{MAX_CONNECTIONS} connections, each with one request at a time", head, rows)


def _row(name: str, first: Rounds, second: Rounds) -> list[str]:
    rates = [median(len(took) / SECONDS for took in side) for side in (first, second)]
    ratio = median(len(a) / len(b) for a, b in zip(first, second, strict=True))
    late = [f"{median(percentile(took, n) for took in first) * 1000:.1f}" for n in (50, 99)]
    return [name, *(f"{rate:.0f}" for rate in rates), f"{ratio:.2f}", *late]
