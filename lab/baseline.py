"""The baseline: every layer is green without a patch, and which of its tests reach what."""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab import layers, tracing
from lab.copies import Copy
from lab.processes import Processes
from tools.common import BUILD, ROOT, ToolError

KEPT = BUILD / "lab" / "baselines"
RECORD = ".build/coverage/lab"
# Of the lab itself, only these have a say in what a baseline is.
OURS = ("lab/coverage.toml", "lab/service_tracing.py", "lab/tracing.py", "lab/witness.py")
PATIENCE_SECONDS = 900
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer's name, the folder of its tests, and whether they let a browser run the page."""

    name: str
    tests: str
    in_browser: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a layer does without a patch.

    `tests`: each with its seconds. `lines`: for each file, and each line that is executed, the
    tests that do; "" stands for what no single test is the cause of. `opened`: for each file, the
    tests that open it. `functions`: the page's, as tests.support.javascript_coverage has them.
    `coverage`: coverage's totals for the layer.
    """

    tests: dict[str, float]
    duration: float
    lines: dict[str, dict[str, list[str]]]
    opened: dict[str, list[str]]
    functions: list[Any]
    coverage: dict[str, Any]


def fingerprint(folder: Path) -> str:
    """Return what tells one fresh copy from another, as far as tests can depend on it."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        name = path.as_posix()
        is_lab = "lab" in path.parts and name not in OURS
        if file.is_file() and not is_lab and not name.startswith(".build/"):
            digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def baseline(
    layer: Layer, fingerprint: str, copy: Copy, database_url: str, processes: Processes
) -> Baseline:
    """Measure it, or take what was measured of the same files; raises ToolError when it is red."""
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
    copy.reset()
    record = copy.folder / RECORD
    record.parent.mkdir(parents=True, exist_ok=True)
    rules = ["--rcfile=lab/coverage.toml", f"--data-file={record}"]
    order = layers.Order(
        [layer.tests, "-p", "lab.tracing"],
        PATIENCE_SECONDS,
        program=("-m", "coverage", "run", *rules, "-m", "pytest"),
        python_path=str(copy.folder),
    )
    outcome = layers.run(order, copy.folder, database_url, processes)
    if not outcome.is_green:
        raise ToolError(_complaint(layer, outcome))
    report = _coverage_report(copy, rules, processes)
    opened = copy.folder / tracing.OPENED.relative_to(ROOT)
    functions = copy.folder / ".build/coverage/e2e.javascript.json"
    return Baseline(
        outcome.tests,
        outcome.duration,
        {name: file["contexts"] for name, file in report["files"].items()},
        json.loads(opened.read_text(encoding="utf-8")),
        json.loads(functions.read_text(encoding="utf-8")) if functions.exists() else [],
        report["totals"],
    )


def _coverage_report(copy: Copy, rules: list[str], processes: Processes) -> dict[str, Any]:
    """Let coverage put its records together and say which test reached which line."""
    target = copy.folder / ".build" / "coverage.json"
    program = [sys.executable, "-m", "coverage"]
    for command in (["combine", *rules], ["json", "--show-contexts", f"-o{target}", *rules]):
        log = copy.folder / layers.LOG
        environment = {"PYTHONPATH": str(copy.folder)}
        if processes.run([*program, *command], copy.folder, environment, log, seconds=60) != 0:
            raise ToolError(f"coverage cannot read what it recorded: {log.read_text()}")
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return report


def _complaint(layer: Layer, outcome: layers.Outcome) -> str:
    failed = [failure.test for failure in [*outcome.broke, *outcome.failures]]
    if not outcome.tests and not failed:
        return f"No test ran in {layer.tests}: {' '.join(outcome.log.split()[-60:])}"
    why = "took too long" if outcome.timed_out else f"fails in {', '.join(failed[:SHOWN])}"
    return f"Nothing can be measured, since without any fault the {layer.name} layer {why}."
