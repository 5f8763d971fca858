"""Runs the tests of one layer in a copy of the project, and reads what they did."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lab.processes import Processes
from lab.recorder import RECORD, RUN_SPEC
from tools.common import ROOT

# Settings of a developer or a CI service that are meant for their own runs.
FOREIGN = ("GITHUB_STEP_SUMMARY", "PYTEST_ADDOPTS", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
# The same order and the same random data in each run: a verdict must not depend on chance.
REPEATABLE = ("--randomly-dont-reorganize", "--randomly-seed=1")
LOG = ".build/layer.log"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure: of which test or file, in which line, and with which message from pytest."""

    test: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run.

    `tests` maps each test that ended to its seconds. `failures` are failed tests; `broke` are
    errors in something that many tests share, such as an import or the start of a server.
    """

    tests: dict[str, float]
    failures: list[Failure]
    broke: list[Failure]
    timed_out: bool
    duration: float
    log: str

    @property
    def is_green(self) -> bool:
        """Whether tests ran, and all of them passed."""
        return bool(self.tests) and not (self.failures or self.broke or self.timed_out)


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What to run.

    `targets` are files or folders, in the order in which they run; `skipped` tests are left out,
    and the tests in `first` run before all others. `stops` ends the run at the first failure. The
    run may take `seconds`, and each test `test_seconds`; None means the limit in pyproject.toml.
    """

    targets: list[str]
    seconds: float
    test_seconds: float | None = None
    skipped: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    stops: bool = False
    program: tuple[str, ...] = ("-m", "pytest")
    python_path: str = ""


def run(spec: RunSpec, folder: Path, database_url: str, processes: Processes) -> Outcome:
    """Run tests in the copy at `folder`, on the empty database at `database_url`."""
    record, log = folder / RECORD, folder / LOG
    record.unlink(missing_ok=True)
    begin = time.monotonic()
    code = processes.run(
        _command(spec, folder),
        folder,
        _environment(database_url, spec.python_path),
        log,
        seconds=spec.seconds,
    )
    duration = time.monotonic() - begin
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    entries = [json.loads(line) for line in lines]
    return Outcome(
        {entry["test"]: entry["seconds"] for entry in entries if entry["outcome"] == "ended"},
        list(_failures(entries, "failed", folder)),
        list(_failures(entries, "broke", folder)),
        timed_out=code is None,
        duration=duration,
        log=log.read_text(encoding="utf-8", errors="replace"),
    )


def _command(spec: RunSpec, folder: Path) -> list[str]:
    """Return the command line; what does not fit on one goes into a file for the recorder."""
    chosen = {"skipped": spec.skipped, "first": spec.first, "stops": spec.stops}
    (folder / RUN_SPEC).write_text(json.dumps(chosen), encoding="utf-8")
    timeout = [] if spec.test_seconds is None else [f"--timeout={spec.test_seconds:.0f}"]
    options = ["-p", "lab.recorder", *timeout, *REPEATABLE]
    return [sys.executable, *spec.program, *spec.targets, *options]


def _environment(database_url: str, python_path: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    path = {"PYTHONPATH": python_path} if python_path else {}
    return kept | {"TEST_POSTGRES": database_url} | path


def _failures(entries: list[dict[str, str]], outcome: str, folder: Path) -> Iterator[Failure]:
    for entry in entries:
        if entry["outcome"] == outcome:
            where, message = entry.get("where", ""), entry.get("message", "")
            yield Failure(
                entry["test"], _without_paths(where, folder), _without_paths(message, folder)
            )


def _without_paths(text: str, folder: Path) -> str:
    """Make paths relative: the absolute ones differ from machine to machine and run to run."""
    for parent in (folder, ROOT, Path(tempfile.gettempdir())):
        text = text.replace(f"{parent}{os.sep}", "")
    return text
