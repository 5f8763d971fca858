"""`python -m bench`: measures the service and prints its tables, in less than two minutes.

Exit codes: 0 measured, 1 it could not be measured (one line says why), 130 stopped.
"""

import asyncio
import os
import signal
import sys
from types import FrameType

import aiohttp
import psycopg
from psutil import cpu_count

from bench import breakdown, pages, throughput
from bench.stage import BenchError, database, people, service
from tools.common import ToolError

INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOPPED = 130
FAULTS = (BenchError, ToolError, OSError, psycopg.Error, aiohttp.ClientError, TimeoutError)


def main() -> None:
    """Measure, or exit with one line; whatever was started is stopped and removed."""
    for number in INTERRUPTS:
        signal.signal(number, _interrupt_once)
    try:
        _measure()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing is left behind.\n")
        sys.exit(STOPPED)
    except FAULTS as error:
        sys.exit(f"Not measured: {' '.join(str(error).split()) or type(error).__name__}")


def _measure() -> None:
    cores, python, load = cpu_count(), sys.version.split()[0], os.getloadavg()[0]
    print(f"{cores} cores, Python {python}, load {load:.1f}. Preparing a database.", flush=True)
    with database() as url:
        with service(url) as one, service(url, processes=2) as two:
            print("Creating and listing todos, about 45 seconds.", flush=True)
            reader, writer = people(url, 2)
            print(asyncio.run(throughput.measure(url, one, two, reader, writer)), flush=True)
            print("Taking requests apart, about 10 seconds.", flush=True)
            print(breakdown.measure(url, one, reader, writer), flush=True)
        with service(url, pages=pages.MOST) as large:
            print("Telling open pages, about 30 seconds.", flush=True)
            print(asyncio.run(pages.measure(url, large, *people(url, 2))), flush=True)


def _interrupt_once(_number: int, _frame: FrameType | None) -> None:
    """Stop; to clean up takes a moment, which a second Ctrl-C must not cut short."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
