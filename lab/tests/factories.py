"""Patches, cells, baselines and outcomes for the lab's tests."""

from pathlib import Path
from typing import Any

from lab.baseline import Baseline
from lab.catalogue import Kind, Patch
from lab.layers import Failure, Outcome
from lab.results import Cell, LayerFacts, Results, Verdict

TEST = "tests/unit/test_prices.py::test_adds_the_tax"


def make_patch(name: str = "tax-forgotten", **fields: Any) -> Patch:  # noqa: ANN401 -- of any field
    """Return a fault that no layer is predicted to see; `fields` replace its defaults."""
    kind = fields.setdefault("kind", Kind.FAULT)
    patch: dict[str, Any] = {
        "path": Path(f"lab/{kind}s/{name}.patch"),
        "title": name,
        "suffers": "Every user.",
        "lesson": "None.",
        "topic": "http",
        "source": "own",
        "predicted": frozenset(),
        "files": frozenset({"app/prices.py"}),
        "diff": "",
    }
    return Patch(**(patch | fields))


def make_cell(patch: str, layer: str, verdict: Verdict, **fields: Any) -> Cell:  # noqa: ANN401 -- of any field
    """Return a cell of a fault; `fields` may name another kind."""
    return Cell(**({"kind": Kind.FAULT} | fields), patch=patch, layer=layer, verdict=verdict)


def make_run(cells: list[Cell], **seconds: float) -> Results:
    """Return results whose layers take these seconds."""
    facts = {layer: LayerFacts(10, duration, 90.0, 80.0) for layer, duration in seconds.items()}
    return Results(cells, facts, 60.0, "PostgreSQL 18.0; 2 jobs")


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
