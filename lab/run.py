"""`python -m lab run`: tries the catalogue, and compares the verdicts with the record."""

import argparse
import re
import sys
from pathlib import Path

from lab import catalogue, results, terminal
from lab.baseline import Layer
from lab.catalogue import Patch
from lab.experiment import Experiment, Plan
from lab.report import report_on
from lab.results import Cell, Key, Verdict
from lab.sandboxes import sandboxes
from tools.common import LAYERS, ToolError


def main(chosen: argparse.Namespace) -> int:
    """Try the patches and keep the results; return 1 if a verdict is unstable or differs."""
    all_patches = catalogue.read_all()
    patches = shard(chosen.shard, catalogue.select(chosen.names, all_patches))
    names = _layers(chosen.layer)
    record = results.read_record(results.RECORDED)
    layers = [Layer(name, f"tests/{name}", in_browser=name == "e2e") for name in names]
    plan = Plan(patches, layers, record, exhaustive=chosen.exhaustive)
    jobs = _jobs(chosen.jobs)
    with sandboxes(patches, jobs) as places, terminal.progress(len(patches) * len(names)) as show:
        found = Experiment(plan, places, print).run(show)
    found.save(_file(chosen))
    terminal.print_matrix(found, all_patches)
    if not chosen.names:
        terminal.print_analysis(report_on(found, all_patches).analysis)
    if chosen.record:
        results.update_record(results.RECORDED, found, all_patches)
        record = results.read_record(results.RECORDED)
    return _compare(found.cells, record)


def _compare(cells: list[Cell], record: dict[Key, Cell]) -> int:
    """Print each verdict that is unstable or not as recorded; return 1 if there is one."""
    status = 0
    for cell in cells:
        known = record.get(cell.key)
        if cell.verdict == Verdict.UNSTABLE:
            _print_error(cell, f"unstable: {cell.message}")
            status = 1
        elif known and known.verdict != cell.verdict:
            _print_error(cell, f"{cell.verdict}, but {known.verdict} is recorded")
            status = 1
    if status:
        print("To record correct verdicts: python -m lab run NAME --record", file=sys.stderr)
    return status


def _print_error(cell: Cell, what: str) -> None:
    print(f"{cell.patch}, {cell.layer}: {what}", file=sys.stderr)


def _layers(names: list[str] | None) -> list[str]:
    for name in names or []:
        if name not in LAYERS:
            raise ToolError(f"There is no layer {name!r}; the layers are {', '.join(LAYERS)}.")
    return [layer for layer in LAYERS if not names or layer in names]


def _jobs(jobs: int) -> int:
    if jobs < 1:
        raise ToolError("--jobs must be at least 1.")
    return jobs


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
