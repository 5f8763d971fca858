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
from bench.stage import BenchError, Service

ROUNDS, SECONDS, LISTED = 5, 1.0, 20
BODY = {"title": "Buy milk"}
ADD_SQL, LIST_SQL = ADD.as_string().encode(), LIST.as_string().encode()
ADD_SQL_WITHOUT_NOTIFY = ADD_SQL.replace(f", {NOTIFY.as_string()}".encode(), b"")

Operation = Callable[
    [int], Awaitable[None]
]  # performs one operation on the connection with this number
Times = Mapping[str, list[list[float]]]  # the seconds of each operation, one list per round


async def measure(url: str, one: Service, two: Service, reader: int, writer: int) -> str:
    """Return the table; `one` and `two` are the service with one and two processes."""
    async with AsyncExitStack() as stack:
        connecting = [
            psycopg.AsyncConnection.connect(url, **OPTIONS) for _ in range(MAX_CONNECTIONS)
        ]
        connections = [await stack.enter_async_context(await each) for each in connecting]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        for _ in range(LISTED):
            await connections[0].execute(ADD_SQL, values(reader))

        def by_sql(statement: bytes, parameters: Mapping[str, object]) -> Operation:
            async def perform(number: int) -> None:
                await (await connections[number].execute(statement, parameters)).fetchall()

            return perform

        parameters = {"user_id": reader, "completed": None}
        operations = {
            "add": _by_http(session, one, writer, json=BODY),
            "add by two": _by_http(session, two, writer, json=BODY),
            "add sql": by_sql(ADD_SQL, values(writer)),
            "add without NOTIFY": by_sql(ADD_SQL_WITHOUT_NOTIFY, values(writer)),
            "list": _by_http(session, one, reader),
            "list by two": _by_http(session, two, reader),
            "list sql": by_sql(LIST_SQL, parameters),
        }
        return _table(await _in_turns(operations))


def values(user_id: int) -> dict[str, Any]:
    """Return the parameters of the statement that adds a todo."""
    nothing = {"completed": False, "order": None, "due": None, "now": datetime.now(UTC)}
    return {"user_id": user_id, "message": encode(Author(user_id)), **BODY, **nothing}


def _by_http(
    session: aiohttp.ClientSession,
    service: Service,
    user_id: int,
    json: Mapping[str, str] | None = None,
) -> Operation:
    url, headers = f"{service.url}/api/todos", service.bearer(user_id)

    async def perform(_number: int) -> None:
        method = "POST" if json else "GET"
        async with session.request(method, url, headers=headers, json=json) as answer:
            if not answer.ok:
                raise BenchError(f"{method} {url} returned {answer.status}")
            await answer.read()

    return perform


async def _in_turns(operations: Mapping[str, Operation]) -> Times:
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


def _table(times: Times) -> str:
    rows = [
        _row("add a todo: service / SQL", times["add"], times["add sql"]),
        _row(f"list {LISTED} todos: service / SQL", times["list"], times["list sql"]),
        _row("add: two processes / one", times["add by two"], times["add"]),
        _row("list: two processes / one", times["list by two"], times["list"]),
        _row("add by SQL: with / without NOTIFY", times["add sql"], times["add without NOTIFY"]),
    ]
    head = ["", "first, 1/s", "second, 1/s", "ratio", "p50 of first, ms", "p99, ms"]
    return table(f"{MAX_CONNECTIONS} connections, each with one request at a time", head, rows)


def _row(name: str, first: list[list[float]], second: list[list[float]]) -> list[str]:
    rates = [median(len(took) / SECONDS for took in side) for side in (first, second)]
    ratio = median(len(a) / len(b) for a, b in zip(first, second, strict=True))
    late = [f"{median(percentile(took, n) for took in first) * 1000:.1f}" for n in (50, 99)]
    return [name, *(f"{rate:.0f}" for rate in rates), f"{ratio:.2f}", *late]
