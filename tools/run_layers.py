"""`python -m tools.run_layers`: runs the three layers of tests for `make test`.

The e2e tests take longest and mostly wait, so they run side by side with the others, and their
output is shown at the end. The layers share one PostgreSQL server, each with a database of its own:
a container that another layer starts or stops would change the network under the browser, which
then aborts its requests. Exit code 1: a layer failed.
"""

import os
import sys
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import BinaryIO

from tests.support import postgres
from tests.support.children import Process, running
from tests.support.databases import empty_database
from tests.support.postgres_servers import NoServerError, Postgres
from tools.command import end_with
from tools.common import BUILD, LAYERS, ROOT, ToolError

LOG = BUILD / "test-e2e.log"
PAUSE_SECONDS = 0.2


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
            with _running(layer, integration_url) as process:
                codes[layer] = process.wait()
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


def _running(
    layer: str, database_url: str, output: BinaryIO | None = None
) -> AbstractContextManager[Process]:
    """Run the make command of a layer, which is ended with the context."""
    # pytest shows colours in a log only when it is asked to.
    colours = {"PY_COLORS": "1"} if sys.stdout.isatty() and "NO_COLOR" not in os.environ else {}
    return running(
        ["make", "--no-print-directory", f"test-{layer}"],
        cwd=ROOT,
        env=os.environ | colours | {"TEST_POSTGRES": database_url},
        stdout=output,
        stderr=output,
    )


def _follow(layer: Process, log: Path) -> None:
    """Print the log, and what is added to it until the layer ends."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        while layer.poll() is None:
            print(lines.read(), end="", flush=True)
            time.sleep(PAUSE_SECONDS)
        print(lines.read(), end="", flush=True)


if __name__ == "__main__":
    end_with(run_layers)
