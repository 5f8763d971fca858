"""Results and reports for the tests of the lab's report."""

from collections.abc import Mapping, Sequence
from typing import Any

from lab.analysis import Share, analyse
from lab.catalogue import Kind, Patch
from lab.report import Report
from lab.results import Cell, LayerFacts, Results, Verdict
from tools.common import LAYERS

FACTS = {
    "unit": LayerFacts(tests=500, seconds=5.0, lines_percent=80.0, branches_percent=70.0),
    "integration": LayerFacts(tests=400, seconds=40.0, lines_percent=95.0, branches_percent=90.0),
    "e2e": LayerFacts(tests=100, seconds=60.0, lines_percent=90.0, branches_percent=60.0),
}
DIFF = """diff --git a/app/domain/todos.py b/app/domain/todos.py
--- a/app/domain/todos.py
+++ b/app/domain/todos.py
@@ -1,2 +1,2 @@
 def is_overdue(todo: Todo, today: date) -> bool:
-    return todo.due < today
+    return todo.due <= today
"""
Verdicts = Mapping[Patch, Sequence[Verdict]]


def make_patch(name: str, kind: Kind = Kind.FAULT, **changes: Any) -> Patch:  # noqa: ANN401 -- a field of any type
    """Return a patch whose title comes from its name."""
    fields: dict[str, Any] = {
        "title": name.replace("-", " ").capitalize(),
        "suffers": "Whoever has a todo.",
        "lesson": "Try the boundary.",
        "topic": "time",
        "source": "own",
        "predicted": frozenset({"unit"}),
        "files": frozenset({"app/domain/todos.py"}),
        "diff": DIFF,
    }
    return Patch(kind.folder / f"{name}.patch", kind, **(fields | changes))


def make_cells(verdicts: Verdicts, layers: Sequence[str] = LAYERS) -> list[Cell]:
    """Return a cell for each verdict; a patch has one for each layer, in their order."""
    return [
        Cell(patch.kind, patch.name, layer, verdict, seconds=1.5)
        for patch, its_verdicts in verdicts.items()
        for layer, verdict in zip(layers, its_verdicts, strict=False)
    ]


def make_results(verdicts: Verdicts, layers: Sequence[str] = LAYERS) -> Results:
    """Return the results of an experiment on these layers."""
    facts = {layer: FACTS[layer] for layer in layers}
    return Results(make_cells(verdicts, layers), facts, 12.0, "A server; 2 jobs")


def make_report(
    verdicts: Verdicts,
    *,
    first: Verdicts | None = None,
    layers: Sequence[str] = LAYERS,
    flakes: dict[str, Share] | None = None,
) -> Report:
    """Return a report on these verdicts, and on those of the first run."""
    found, catalogue = make_results(verdicts, layers), list(verdicts)
    record = {cell.key: cell for cell in make_cells(first or {})}
    return Report(found, catalogue, analyse(found, catalogue, record, flakes or {}))


def cells_of(markdown: str, head: str) -> list[str]:
    """Return the cells of the table row with this head, without the head."""
    (row,) = (line for line in markdown.splitlines() if line.startswith(f"| {head} |"))
    return [cell.strip() for cell in row.strip("|").split(" | ")][1:]
