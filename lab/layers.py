"""Runs the tests of one layer in a copy, and reads what they did."""

import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from lab.processes import Processes
from tools.common import ROOT

# What a developer or a CI service set for runs of their own.
FOREIGN = ("GITHUB_STEP_SUMMARY", "PYTEST_ADDOPTS", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
# The tests of the lab and of the guide judge these, not the service.
OURS = ("--ignore-glob=tests/*/lab", "--ignore-glob=tests/*/docs")
# The same each time, schemathesis' requests too: whether a fault is caught is not left to luck.
SAME = ["--randomly-dont-reorganize", "--randomly-seed=1"]
WITNESS = ".build/witness.jsonl"
ORDERS = ".build/orders.json"
LOG = ".build/layer.log"


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that failed, or what broke before any could tell: where, and what pytest said."""

    test: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of a layer did; `seconds` is by test."""

    tests: dict[str, float]
    failures: list[Failure]
    broke: list[Failure]
    timed_out: bool
    duration: float
    log: str

    @property
    def is_green(self) -> bool:
        """Say whether tests ran, and all passed."""
        return bool(self.tests) and not (self.failures or self.broke or self.timed_out)


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: files in this order, without some tests, with others before all the rest.

    `stops` ends the run at the first failure, `seconds` wherever it is by then.
    """

    targets: list[str]
    seconds: float
    skipped: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    stops: bool = False
    program: tuple[str, ...] = ("-m", "pytest")
    python_path: str = ""


def run(order: Order, folder: Path, database_url: str, processes: Processes) -> Outcome:
    """Run the order in the copy at `folder`, with an empty database."""
    witness, orders, log = (folder / name for name in (WITNESS, ORDERS, LOG))
    witness.unlink(missing_ok=True)
    wanted = {"skipped": order.skipped, "first": order.first, "stops": order.stops}
    orders.write_text(json.dumps(wanted), encoding="utf-8")
    options = [
        "-p",
        "lab.witness",
        f"--lab-witness={witness}",
        f"--lab-orders={orders}",
        *OURS,
        *SAME,
    ]
    command = [sys.executable, *order.program, *order.targets, *options]
    begin = time.monotonic()
    code = processes.run(
        command, folder, _environment(database_url, order.python_path), log, seconds=order.seconds
    )
    duration = time.monotonic() - begin
    lines = witness.read_text(encoding="utf-8").splitlines() if witness.exists() else []
    notes = [json.loads(line) for line in lines]
    return Outcome(
        {note["test"]: note["seconds"] for note in notes if note["outcome"] == "ended"},
        _failures(notes, "failed", folder),
        _failures(notes, "broke", folder),
        timed_out=code is None,
        duration=duration,
        log=log.read_text(encoding="utf-8", errors="replace"),
    )


def _environment(database_url: str, python_path: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    path = {"PYTHONPATH": python_path} if python_path else {}
    return kept | {"TEST_POSTGRES": database_url} | path


def _failures(notes: list[dict[str, str]], outcome: str, folder: Path) -> list[Failure]:
    return [
        Failure(
            note["test"],
            _without_places(note.get("where", ""), folder),
            _without_places(note.get("message", ""), folder),
        )
        for note in notes
        if note["outcome"] == outcome
    ]


def _without_places(text: str, folder: Path) -> str:
    """Leave out where this machine keeps things: it says nothing, and is another each time."""
    for place in (folder, ROOT, Path(tempfile.gettempdir())):
        text = text.replace(f"{place}{os.sep}", "")
    return text
