"""Ctrl-C while a test hangs. The test is slow: it starts processes and waits for their end."""

import signal
import subprocess
from collections.abc import Iterator

import psutil
import psycopg
import pytest
from psycopg.rows import TupleRow

from lab.tests.runs.files import ROUNDING, make_patch
from lab.tests.runs.project import COMMAND, DEADLINE_SECONDS, RUNS_THE_LAB, Project
from tests.support.interrupts import hangup_by_default
from tests.support.waiting import wait_until

pytestmark = RUNS_THE_LAB

HANGS = """\
    open("{file}", "w").close()
    __import__("threading").Event().wait()"""


@pytest.fixture
def databases_before(own_database_url: str, database_url: str) -> list[TupleRow]:  # noqa: ARG001 -- it makes one
    """List the databases on the server before the lab makes its own."""
    return list_databases(database_url)


@pytest.fixture
def hanging_lab(
    project: Project,
    databases_before: list[TupleRow],  # noqa: ARG001 -- they are listed first
) -> Iterator[subprocess.Popen[str]]:
    """Run the lab on a fault that makes a test wait for ever, and wait until it does."""
    begun = project.temporary.parent / "begun"
    hangs = HANGS.format(file=begun)
    fault = make_patch("app/prices.py", f"    return {ROUNDING}", hangs, title="It hangs")
    project.write("lab/faults/it-hangs.patch", fault)
    with (
        hangup_by_default(),
        subprocess.Popen(
            [*COMMAND, "run", "it-hangs", "--layer", "unit"],
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as lab,
    ):
        try:
            wait_until(begun.exists, seconds=DEADLINE_SECONDS)
            yield lab
        finally:
            lab.kill()


def is_running(process: psutil.Process) -> bool:
    """Tell whether it has not ended; nobody may have asked for the exit code yet."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def list_databases(url: str) -> list[TupleRow]:
    """Return the names of all databases on the server."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT datname FROM pg_database ORDER BY datname").fetchall()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_leaves_nothing_behind_when_it_is_interrupted(
    number: signal.Signals,
    databases_before: list[TupleRow],
    hanging_lab: subprocess.Popen[str],
    project: Project,
    database_url: str,
) -> None:
    """Ctrl-C ends the lab with 130, and with it every process, copy and database.

    The same happens when the terminal is closed.
    """
    family = psutil.Process(hanging_lab.pid).children(recursive=True)

    hanging_lab.send_signal(number)
    errors = hanging_lab.communicate(timeout=DEADLINE_SECONDS)[1]

    assert hanging_lab.returncode == 130
    assert errors == "Stopped; nothing is left behind.\n"
    wait_until(lambda: not any(map(is_running, family)))
    assert list(project.temporary.iterdir()) == []
    assert list_databases(database_url) == databases_before


def test_a_killed_lab_leaves_no_process_and_no_copy(
    hanging_lab: subprocess.Popen[str], project: Project
) -> None:
    """Only a database that it had made on a server of others stays there."""
    family = psutil.Process(hanging_lab.pid).children(recursive=True)

    hanging_lab.kill()

    wait_until(lambda: not any(map(is_running, family)))
    wait_until(lambda: not list(project.temporary.iterdir()))
