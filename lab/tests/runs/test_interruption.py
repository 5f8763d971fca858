"""Ctrl-C while a test hangs. It is slow, since it starts processes and waits for their end."""

import signal
import subprocess
from collections.abc import Iterator

import psutil
import psycopg
import pytest
from psycopg.rows import TupleRow

from lab.tests.runs.files import ROUNDING, make_patch
from lab.tests.runs.project import COMMAND, DEADLINE_SECONDS, Project
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

HANGS = """\
    open("{file}", "w").close()
    __import__("threading").Event().wait()"""


@pytest.fixture
def hanging_lab(project: Project) -> Iterator[subprocess.Popen[str]]:
    """Return a lab in which a test waits for ever."""
    begun = project.temporary.parent / "begun"
    hangs = HANGS.format(file=begun)
    fault = make_patch("app/prices.py", f"    return {ROUNDING}", hangs, title="It hangs")
    project.write("lab/faults/it-hangs.patch", fault)
    with subprocess.Popen(
        [*COMMAND, "run", "it-hangs", "--layer", "unit"],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as lab:
        try:
            wait_until(begun.exists, seconds=DEADLINE_SECONDS)
            yield lab
        finally:
            lab.kill()


def databases(url: str, pattern: str) -> list[TupleRow]:
    """Return the databases on the server with such a name."""
    with psycopg.connect(url) as connection:
        names = "SELECT datname FROM pg_database WHERE datname LIKE %s"
        return connection.execute(names, [pattern]).fetchall()


def test_leaves_nothing_behind_when_it_is_interrupted(
    hanging_lab: subprocess.Popen[str], project: Project, database_url: str
) -> None:
    """Ctrl-C ends the lab with 130, and with it every process, copy and database."""
    family = psutil.Process(hanging_lab.pid).children(recursive=True)

    hanging_lab.send_signal(signal.SIGINT)
    said = hanging_lab.communicate(timeout=DEADLINE_SECONDS)[1]

    assert hanging_lab.returncode == 130
    assert said == "Stopped; nothing is left behind.\n"
    running = [process for process in family if process.is_running()]
    left = databases(database_url, f"lab_{hanging_lab.pid}_%")
    assert running == []
    assert list(project.temporary.iterdir()) == []
    assert left == []
