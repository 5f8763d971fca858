"""`python -m bench`: measures the service and prints its tables, in less than two minutes.

Exit codes: 0 measured, 2 not measured (one line says why), 130 interrupted.
"""

import asyncio
import os
import sys

import aiohttp
import psycopg
from psutil import cpu_count

from bench import breakdown, pages, throughput
from bench.stage import database, people, service
from tools.command import end_with
from tools.common import ToolError

ERRORS = (OSError, psycopg.Error, aiohttp.ClientError)


def main() -> None:
    """Measure; everything that was started is stopped and removed."""
    try:
        _measure()
    except ERRORS as error:
        message = " ".join(str(error).split()) or type(error).__name__
        raise ToolError(f"Not measured: {message}") from error


def _measure() -> None:
    cores, python, load = cpu_count(), sys.version.split()[0], os.getloadavg()[0]
    print(f"{cores} cores, Python {python}, load {load:.1f}. Creating a database.", flush=True)
    with database() as url:
        with service(url) as one, service(url, processes=2) as two:
            print("Creating and listing todos; this takes about 45 seconds.", flush=True)
            reader, writer = people(url, 2)
            print(asyncio.run(throughput.measure(url, one, two, reader, writer)), flush=True)
            print("Profiling requests; this takes about 10 seconds.", flush=True)
            print(breakdown.measure(url, one, reader, writer), flush=True)
        with service(url, pages=pages.MAX_PAGES) as large:
            print("Updating open pages; this takes about 30 seconds.", flush=True)
            print(asyncio.run(pages.measure(url, large, *people(url, 2))), flush=True)


if __name__ == "__main__":
    end_with(main, "DATABASE_URL")
