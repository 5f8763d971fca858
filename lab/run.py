"""`python -m lab run`: tries the catalogue, and compares what it finds with what is recorded."""

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path

from lab import catalogue, results, terminal, verdicts
from lab.baseline import Layer
from lab.catalogue import Patch
from lab.experiment import Experiment, Plan
from lab.report import report_on
from lab.results import Cell, Verdict
from lab.workshop import workshop
from tools.common import LAYERS, ToolError


def main(chosen: argparse.Namespace) -> int:
    """Run it, keep the results, and return 1 when a verdict is unstable or not as recorded."""
    every = catalogue.read_all()
    patches = _shard(chosen.shard, catalogue.select(chosen.names, every))
    names = _layers(chosen.layer)
    record = verdicts.read(results.RECORDED)
    layers = [Layer(name, f"tests/{name}", in_browser=name == "e2e") for name in names]
    plan = Plan(patches, layers, record, exhaustive=chosen.exhaustive)
    jobs = _jobs(chosen.jobs)
    with workshop(patches, jobs) as place, terminal.progress(len(patches) * len(names)) as note:
        found = Experiment(plan, place, print).run(note)
    found.save(_file(chosen))
    terminal.print_matrix(found, every)
    if not chosen.names:
        terminal.print_analysis(report_on(found, every).analysis)
    if chosen.record:
        stable = {cell.key: cell for cell in found.cells if cell.verdict != Verdict.UNSTABLE}
        record |= stable
        verdicts.write(results.RECORDED, record, every)
        results.renew(results.RECORDED_RUN, replace(found, cells=list(stable.values())), every)
    return _compare(found.cells, record)


def _compare(cells: list[Cell], record: dict[verdicts.Key, Cell]) -> int:
    """Name what is not as recorded."""
    status = 0
    for cell in cells:
        known = record.get(cell.key)
        if cell.verdict == Verdict.UNSTABLE:
            _complain(cell, f"unstable: {cell.message}")
            status = 1
        elif known and known.verdict != cell.verdict:
            _complain(cell, f"{cell.verdict}, and {known.verdict} is recorded")
            status = 1
    if status:
        print("Record what is right: python -m lab run NAME --record", file=sys.stderr)
    return status


def _complain(cell: Cell, what: str) -> None:
    print(f"{cell.patch}, {cell.layer}: {what}", file=sys.stderr)


def _layers(names: list[str] | None) -> list[str]:
    for name in names or []:
        if name not in LAYERS:
            raise ToolError(f"There is no layer {name!r}, but {', '.join(LAYERS)}.")
    return [layer for layer in LAYERS if not names or layer in names]


def _jobs(jobs: int) -> int:
    if jobs < 1:
        raise ToolError("--jobs takes a number of at least 1.")
    return jobs


def _shard(shard: str | None, patches: list[Patch]) -> list[Patch]:
    if not shard:
        return patches
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", shard)
    if not match or int(match[1]) > int(match[2]):
        raise ToolError(f"--shard takes a part such as 2/4, not {shard!r}.")
    return patches[int(match[1]) - 1 :: int(match[2])]


def _file(chosen: argparse.Namespace) -> Path:
    """Return where the results go: a part does not take the place of the whole."""
    if chosen.shard:
        return results.LATEST.with_stem(f"results-{chosen.shard.replace('/', '-of-')}")
    return results.PART if chosen.names or chosen.layer else results.LATEST
