"""`python -m lab run` and `grade`: tries the catalogue on our tests, or on those of others."""

import argparse
import os
import re
import sys
from pathlib import Path

from lab import catalogue, results, terminal
from lab.baseline import Layer
from lab.catalogue import Patch
from lab.experiment import Experiment, Plan
from lab.report import report_on
from lab.results import Cell, Key, Results, Verdict
from lab.sandboxes import sandboxes
from tools.common import LAYERS, ToolError


def main(chosen: argparse.Namespace) -> int:
    """Try the patches and keep the results; return 1 if a verdict is unstable or differs."""
    all_patches = catalogue.read_all()
    patches = shard(chosen.shard, catalogue.select(chosen.names, all_patches))
    names = [layer for layer in LAYERS if layer in (chosen.layer or LAYERS)]
    record = results.read_record(results.RECORDED)
    layers = [Layer(name, f"tests/{name}", in_browser=name == "e2e") for name in names]
    plan = Plan(patches, layers, record, exhaustive=chosen.exhaustive)
    found = _carry_out(plan, chosen.jobs)
    found.save(_file(chosen))
    terminal.print_matrix(found, all_patches)
    if not chosen.names:
        terminal.print_analysis(report_on(found, all_patches).analysis)
    if chosen.record:
        results.update_record(results.RECORDED, found, all_patches)
        record = results.read_record(results.RECORDED)
    return _compare(found.cells, record)


def grade(chosen: argparse.Namespace) -> int:
    """Print which faults a folder of tests catches; return 1 if it raises a false alarm.

    The tests should pass with each refactoring and fail with each fault; compare wheats and chaffs
    in Wrenn, Krishnamurthi and Fisler, "Who tests the testers?" (ICER 2018).
    """
    folder = chosen.folder.resolve()
    if not any(folder.rglob("test_*.py")):
        raise ToolError(f"There is no test_*.py in {chosen.folder}.")
    patches = catalogue.read_all()
    # These tests may use a browser and open any file, so none of them can be left out.
    layer = Layer(folder.name, f"tests/{folder.name}", in_browser=True)
    found = _carry_out(Plan(patches, [layer]), os.cpu_count() or 1, folder)
    terminal.print_grade(found, patches)
    return int(any(cell.verdict == Verdict.FALSE_ALARM for cell in found.cells))


def _carry_out(plan: Plan, jobs: int, submitted: Path | None = None) -> Results:
    if jobs < 1:
        raise ToolError("--jobs must be at least 1.")
    number = len(plan.patches) * len(plan.layers)
    with sandboxes(plan.patches, jobs, submitted) as places, terminal.progress(number) as show:
        return Experiment(plan, places, print).run(show)


def _compare(cells: list[Cell], record: dict[Key, Cell]) -> int:
    """Print each verdict that is unstable or not as recorded; return 1 if there is one."""
    errors = []
    for cell in cells:
        known = record.get(cell.key)
        place = f"{cell.patch}, {cell.layer}"
        if cell.verdict == Verdict.UNSTABLE:
            errors.append(f"{place}: unstable: {cell.message}")
        elif known and known.verdict != cell.verdict:
            errors.append(f"{place}: {cell.verdict}, but {known.verdict} is recorded")
    if errors:
        errors.append("To record correct verdicts: python -m lab run NAME --record")
        print(*errors, sep="\n", file=sys.stderr)
    return int(bool(errors))


def shard(part: str | None, patches: list[Patch]) -> list[Patch]:
    """Return a part of the patches, such as 2/4; raises ToolError."""
    if not part:
        return patches
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", part)
    if not match or int(match[1]) > int(match[2]):
        raise ToolError(f"--shard must be a part such as 2/4, not {part!r}.")
    return patches[int(match[1]) - 1 :: int(match[2])]


def _file(chosen: argparse.Namespace) -> Path:
    """Return where to write the results: those of a part do not overwrite those of the whole."""
    if chosen.shard:
        return results.LATEST.with_stem(f"results-{chosen.shard.replace('/', '-of-')}")
    return results.PART if chosen.names or chosen.layer else results.LATEST
