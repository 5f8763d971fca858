"""Patches, cells, results, baselines and outcomes for the lab's tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from lab.analysis import Share, analyse
from lab.baseline import Baseline
from lab.catalogue import Kind, Patch
from lab.layers import Failure, Outcome
from lab.report import Report
from lab.results import Cell, LayerFacts, Results, Verdict
from tools.common import LAYERS

TEST = "tests/unit/test_prices.py::test_adds_the_tax"
SECONDS = {"unit": 5.0, "integration": 40.0, "e2e": 60.0}
Verdicts = Mapping[Patch, Sequence[Verdict]]


def make_patch(name: str = "tax-forgotten", kind: Kind = Kind.FAULT, **fields: Any) -> Patch:  # noqa: ANN401 -- of any field
    """Return a patch that no layer is predicted to see; `fields` replace its defaults."""
    patch: dict[str, Any] = {
        "title": name.replace("-", " ").capitalize(),
        "suffers": "Every user.",
        "lesson": "Try the boundary.",
        "topic": "time",
        "source": "own",
        "predicted": frozenset(),
        "files": frozenset({"app/prices.py"}),
        "diff": "@@ -1 +1 @@\n-    return price < limit\n+    return price <= limit\n",
    }
    return Patch(kind.folder / f"{name}.patch", kind, **(patch | fields))


def make_cell(patch: str, layer: str, verdict: Verdict, **fields: Any) -> Cell:  # noqa: ANN401 -- of any field
    """Return a cell of a fault; `fields` may name another kind."""
    return Cell(**({"kind": Kind.FAULT} | fields), patch=patch, layer=layer, verdict=verdict)


def make_cells(verdicts: Verdicts, layers: Sequence[str] = LAYERS) -> list[Cell]:
    """Return a cell for each verdict; a patch has one for each layer, in their order."""
    return [
        make_cell(patch.name, layer, verdict, kind=patch.kind)
        for patch, its_verdicts in verdicts.items()
        for layer, verdict in zip(layers, its_verdicts, strict=False)
    ]


def make_results(cells: list[Cell], *layers: str) -> Results:
    """Return the results of an experiment on these layers."""
    facts = {layer: LayerFacts(10, SECONDS[layer], 90.0, 80.0) for layer in layers}
    return Results(cells, facts, 60.0, "PostgreSQL 18.0; 2 jobs")


def make_report(
    verdicts: Verdicts,
    *,
    first: Verdicts | None = None,
    layers: Sequence[str] = LAYERS,
    flakes: dict[str, Share] | None = None,
) -> Report:
    """Return a report on these verdicts, and on those of the first run."""
    found, catalogue = make_results(make_cells(verdicts, layers), *layers), list(verdicts)
    record = {cell.key: cell for cell in make_cells(first or {})}
    return Report(found, catalogue, analyse(found, catalogue, record, flakes or {}))


def row_of(markdown: str, head: str) -> list[str]:
    """Return the cells of the table row with this head, without the head."""
    (row,) = (line for line in markdown.splitlines() if line.startswith(f"| {head} |"))
    return [cell.strip() for cell in row.strip("|").split(" | ")][1:]


def make_baseline(**fields: Any) -> Baseline:  # noqa: ANN401 -- of any field
    """Return a baseline of one test, which executes the body of one function."""
    baseline: dict[str, Any] = {
        "tests": {TEST: 0.1},
        "duration": 1.0,
        "lines": {"app/prices.py": {"1": [""], "2": [TEST]}},
        "opened": {},
        "functions": [],
        "coverage": {"percent_statements_covered": 90.0, "percent_branches_covered": 80.0},
    }
    return Baseline(**(baseline | fields))


def make_outcome(**fields: Any) -> Outcome:  # noqa: ANN401 -- of any field
    """Return the outcome of a run in which one test passes."""
    outcome: dict[str, Any] = {
        "tests": {TEST: 0.1},
        "failures": [],
        "broke": [],
        "timed_out": False,
        "duration": 1.0,
        "log": "",
    }
    return Outcome(**(outcome | fields))


FAILS = make_outcome(failures=[Failure(TEST, "tests/unit/test_prices.py:5", "assert 100 == 119")])
BREAKS = make_outcome(tests={}, broke=[Failure("tests/unit/test_prices.py", "", "ImportError")])
HANGS = make_outcome(timed_out=True)
