"""`python -m tools.run_layers`: runs the three layers of tests for `make test`.

The e2e tests take longest and mostly wait, so they run side by side with the others, and their
output is shown at the end. The layers share one PostgreSQL server, each with a database of its own:
a container that another layer starts or stops would change the network under the browser, which
then aborts its requests. Exit code 1: a layer failed.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tests.support import postgres
from tests.support.databases import empty_database
from tests.support.postgres_servers import NoServerError, Postgres
from tools.command import end_with
from tools.common import BUILD, LAYERS, ROOT, ToolError

LOG = BUILD / "test-e2e.log"
PAUSE_SECONDS = 0.2
SECONDS_TO_STOP = 60
Layer = subprocess.Popen[bytes]


def run_layers() -> int:
    """Run all layers, print which ones failed, and return the exit code."""
    BUILD.mkdir(exist_ok=True)
    codes = {}
    with ExitStack() as stack:
        server = _start_postgres(stack)
        e2e_url, integration_url = (
            stack.enter_context(empty_database(server.url)) for _ in range(2)
        )
        log = stack.enter_context(LOG.open("wb"))
        e2e = stack.enter_context(_running("e2e", e2e_url, log))
        for layer in ("unit", "integration"):
            with _running(layer, integration_url) as running:
                codes[layer] = running.wait()
        _follow(e2e, LOG)
        codes["e2e"] = e2e.wait()
    failed = [layer for layer in LAYERS if codes[layer]]
    print(f"Failed layers: {' '.join(failed)}" if failed else "All three layers passed.")
    return int(bool(failed))


def _start_postgres(stack: ExitStack) -> Postgres:
    """Start the server that TEST_POSTGRES names, until the stack is closed; raises ToolError."""
    try:
        server = postgres.start(os.environ.get("TEST_POSTGRES", ""), stack)
    except NoServerError as error:
        raise ToolError(f"No PostgreSQL, as TEST_POSTGRES wants it: {error}") from error
    print(f"database: {server.description}", flush=True)
    return server


@contextmanager
def _running(layer: str, database_url: str, output: BinaryIO | None = None) -> Iterator[Layer]:
    """Start the make command of a layer, which is stopped when the context closes."""
    # pytest shows colours in a log only when it is asked to.
    colours = {"PY_COLORS": "1"} if sys.stdout.isatty() and "NO_COLOR" not in os.environ else {}
    running = subprocess.Popen(
        ["make", "--no-print-directory", f"test-{layer}"],
        cwd=ROOT,
        env=os.environ | colours | {"TEST_POSTGRES": database_url},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,  # Ctrl-C reaches this process only, which passes it on
    )
    try:
        yield running
    finally:
        _stop(running)


def _stop(running: Layer) -> None:
    """Interrupt pytest and let it stop its servers; kill whatever is left."""
    if running.poll() is not None:
        return
    os.killpg(running.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        running.wait(SECONDS_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)


def _follow(running: Layer, log: Path) -> None:
    """Print the log, and what is added to it until the layer ends."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        while running.poll() is None:
            print(lines.read(), end="", flush=True)
            time.sleep(PAUSE_SECONDS)
        print(lines.read(), end="", flush=True)


if __name__ == "__main__":
    end_with(run_layers)
