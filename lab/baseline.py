"""The baseline: every layer passes without a patch, and the lab knows which test executes what."""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab import layers, tracing
from lab.copies import Copy
from lab.processes import Processes
from tests.support.paths import JAVASCRIPT_COVERAGE
from tools.common import BUILD, ROOT, ToolError

KEPT = BUILD / "lab" / "baselines"
RECORD = ".build/coverage/lab"
# Everything that the outcome of a layer, or the baseline itself, can depend on.
SOURCES = (
    "app",
    "tests",
    "tools",
    "requirements",
    "pyproject.toml",
    "lab/coverage.toml",
    "lab/recorder.py",
    "lab/service_tracing.py",
    "lab/tracing.py",
)
# These end a hang, and nothing else: tracing multiplies the time of a test, and the machine may be
# slow or busy. A whole layer takes about two minutes on two quiet cores.
BASELINE_SECONDS = 2 * 60 * 60
BASELINE_TEST_SECONDS = 20 * 60
MAX_SHOWN_FAILURES = 5
MAX_MESSAGE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its name, the folder of its tests, and whether they run the page in a browser."""

    name: str
    tests: str
    in_browser: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a layer does without a patch.

    `tests`: the seconds of each test. `lines`: for each file and each executed line, the tests that
    execute it; "" stands for work that belongs to no single test. `opened`: for each file, the
    tests that open it. `functions`: those of the page's JavaScript, in the format of
    tests.support.javascript_coverage. `coverage`: the totals of the layer.
    """

    tests: dict[str, float]
    duration: float
    lines: dict[str, dict[str, list[str]]]
    opened: dict[str, list[str]]
    functions: list[Any]
    coverage: dict[str, Any]


def fingerprint(folder: Path) -> str:
    """Return a digest of Python's version and of all files on which a baseline can depend."""
    digest = hashlib.sha256(sys.version.encode())
    for source in SOURCES:
        path = folder / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                name = file.relative_to(folder).as_posix()
                digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def baseline(
    layer: Layer, fingerprint: str, copy: Copy, database_url: str, processes: Processes
) -> Baseline:
    """Return the kept baseline of the same files, or measure it; raises ToolError at a failure."""
    kept = KEPT / f"{layer.name}-{fingerprint}.json"
    if kept.exists():
        return Baseline(**json.loads(kept.read_text(encoding="utf-8")))
    measured = _measure(layer, copy, database_url, processes)
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"{layer.name}-*.json"):
        old.unlink()
    kept.write_text(json.dumps(asdict(measured)), encoding="utf-8")
    return measured


def _measure(layer: Layer, copy: Copy, database_url: str, processes: Processes) -> Baseline:
    record = copy.folder / RECORD
    record.parent.mkdir(parents=True, exist_ok=True)
    options = ["--rcfile=lab/coverage.toml", f"--data-file={record}"]
    spec = layers.RunSpec(
        [layer.tests, "-p", "lab.tracing"],
        BASELINE_SECONDS,
        BASELINE_TEST_SECONDS,
        program=("-m", "coverage", "run", *options, "-m", "pytest"),
        python_path=str(copy.folder),
    )
    outcome = layers.run(spec, copy.folder, database_url, processes)
    if not outcome.is_green:
        raise ToolError(_error_message(layer, outcome))
    report = _coverage_report(copy, options, processes)
    opened = copy.folder / tracing.OPENED.relative_to(ROOT)
    functions = copy.folder / JAVASCRIPT_COVERAGE.relative_to(ROOT)
    return Baseline(
        outcome.tests,
        outcome.duration,
        {name: file["contexts"] for name, file in report["files"].items()},
        json.loads(opened.read_text(encoding="utf-8")),
        json.loads(functions.read_text(encoding="utf-8")) if functions.exists() else [],
        report["totals"],
    )


def _coverage_report(copy: Copy, options: list[str], processes: Processes) -> dict[str, Any]:
    """Combine what all processes recorded into one report of the tests that execute each line."""
    target, log = copy.folder / ".build" / "coverage.json", copy.folder / layers.LOG
    environment = {"PYTHONPATH": str(copy.folder)}
    for command in (["combine", *options], ["json", "--show-contexts", f"-o{target}", *options]):
        program = [sys.executable, "-m", "coverage", *command]
        code = processes.run(program, copy.folder, environment, log, seconds=BASELINE_SECONDS)
        if code != 0:
            raise ToolError(f"coverage cannot read its own records: {log.read_text()}")
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report


def _error_message(layer: Layer, outcome: layers.Outcome) -> str:
    failed = [*outcome.broke, *outcome.failures]
    if not outcome.tests and not failed:
        return f"No test ran in {layer.tests}: {' '.join(outcome.log.split()[-60:])}"
    reason = f"does not end within {BASELINE_SECONDS} seconds."
    if not outcome.timed_out:
        tests = ", ".join(failure.test for failure in failed[:MAX_SHOWN_FAILURES])
        message = " ".join(failed[0].message.split())[:MAX_MESSAGE_LENGTH]
        reason = f"fails in {tests}: {message}"
    return f"Nothing can be measured. Without any fault, the {layer.name} layer {reason}"
