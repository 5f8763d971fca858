"""`python -m tools.coverage_report`: how much of the service each layer reaches, and all together.

Reads what `COVERAGE=1 make test-unit` and its siblings recorded. Exit code 1: the layers together
leave something out; 2: a layer's record is missing.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coverage import Coverage

from tests.support.paths import JAVASCRIPT_COVERAGE
from tools.common import BUILD, LAYERS, ROOT, ToolError

RECORDS = BUILD / "coverage"
# Written by tests/support/javascript_coverage.py.
PAGE = ROOT / "app" / "web"
WANTED_PERCENT = 100
Line = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """What one layer reaches, or several: coverage's own figures, and each line with its place."""

    totals: dict[str, Any]
    lines: set[Line]


def main() -> None:
    """Print the report; exit with 1 when the layers together leave something out."""
    try:
        coverage = _combined()
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    reaches = {layer: _reach(coverage, f"^{layer}$") for layer in LAYERS}
    everything = _reach(coverage, "")
    _print_table({**reaches, "together": everything})
    for layer in LAYERS:
        others = set().union(*(reaches[other].lines for other in LAYERS if other != layer))
        _print_alone(layer, reaches[layer].lines - others)
    _print_javascript()
    if everything.totals["percent_covered"] < WANTED_PERCENT:
        print(f"\nNo layer reaches these, and {WANTED_PERCENT} % is wanted:")
        coverage.report(show_missing=True, skip_covered=True)
        sys.exit(1)


def _combined() -> Coverage:
    """Put the layers' records together, and keep them."""
    records: list[str] = []
    for layer in LAYERS:
        found = [str(path) for path in RECORDS.glob(f"{layer}.*") if path != JAVASCRIPT_COVERAGE]
        if not found:
            raise ToolError(f"No record of the {layer} tests. Type: COVERAGE=1 make test-{layer}")
        records += found
    coverage = Coverage(data_file=RECORDS / "together")
    coverage.combine(records, strict=True, keep=True)
    coverage.save()
    return coverage


def _reach(coverage: Coverage, context: str) -> Reach:
    """Ask coverage for what was reached in a layer, which the records call a context."""
    with tempfile.NamedTemporaryFile() as file:
        coverage.json_report(outfile=file.name, contexts=[context])
        report = json.load(file)
    return Reach(report["totals"], set(_lines(report["files"])))


def _lines(files: dict[str, Any]) -> Iterator[Line]:
    for path, file in files.items():
        for name, function in file["functions"].items():
            for line in function["executed_lines"]:
                yield path, name, line


def _print_table(reaches: dict[str, Reach]) -> None:
    print(f"\n{'reached by':12} {'lines':>8} {'branches':>9}")
    for name, reach in reaches.items():
        lines = reach.totals["percent_statements_covered"]
        branches = reach.totals["percent_branches_covered"]
        print(f"{name:12} {lines:6.1f} % {branches:7.1f} %")


def _print_alone(layer: str, lines: set[Line]) -> None:
    """Name the functions of which no other layer reaches as much."""
    print(f"\nOnly the {layer} tests reach {len(lines)} lines, in")
    for path in sorted({path for path, _, _ in lines}):
        names = sorted({name or "(module)" for place, name, _ in lines if place == path})
        print(f"  {path}: {', '.join(names)}")


def _print_javascript() -> None:
    if not JAVASCRIPT_COVERAGE.exists():
        print("\nOf the page's JavaScript nothing was recorded: it takes Chromium.")
        return
    functions = json.loads(JAVASCRIPT_COVERAGE.read_text())
    missed = [function for function in functions if not function[-1]]
    reached = len(functions) - len(missed)
    print(
        f"\nOf the page's {len(functions)} JavaScript functions {reached} are reached"
        f"{', not these:' if missed else '.'}"
    )
    for module, name, offset, _ in sorted(missed):
        source = (PAGE / module.lstrip("/")).read_text(encoding="utf-8")
        line = source.count("\n", 0, offset) + 1
        print(f"  {module}:{line} {name}")


if __name__ == "__main__":
    main()
