"""`python -m tools.coverage_report`: the coverage of each layer, and of all layers together.

Reads the data that `COVERAGE=1 make test-unit` and its siblings recorded. Exit code 1: the layers
together miss a line or a branch; 2: the data of a layer is missing.
"""

import json
import tempfile
from dataclasses import dataclass
from typing import Any

from coverage import Coverage

from tests.support.paths import JAVASCRIPT_COVERAGE
from tools.command import end_with
from tools.common import BUILD, LAYERS, ROOT, ToolError

RECORDS = BUILD / "coverage"
# Written by tests/support/javascript_coverage.py.
PAGE = ROOT / "app" / "web"
REQUIRED_PERCENT = 100


@dataclass(frozen=True, slots=True)
class LayerCoverage:
    """The coverage of one or several layers; a line is its file, its function and its number."""

    totals: dict[str, Any]  # as coverage.py reports them
    lines: set[tuple[str, str, int]]


def main() -> int:
    """Print the report; return 1 if the layers together miss a line or a branch."""
    coverage = _combined()
    layers = {layer: _layer_coverage(coverage, f"^{layer}$") for layer in LAYERS}
    everything = _layer_coverage(coverage, "")
    _print_table({**layers, "together": everything})
    for layer in LAYERS:
        others = set().union(*(layers[other].lines for other in LAYERS if other != layer))
        _print_alone(layer, layers[layer].lines - others)
    _print_javascript()
    if everything.totals["percent_covered"] == REQUIRED_PERCENT:
        return 0
    print(f"\nNo layer covers these, and {REQUIRED_PERCENT} % is required:")
    coverage.report(show_missing=True, skip_covered=True)
    return 1


def _combined() -> Coverage:
    """Combine the data of the layers, and keep the originals."""
    records: list[str] = []
    for layer in LAYERS:
        found = [str(path) for path in RECORDS.glob(f"{layer}.*") if path != JAVASCRIPT_COVERAGE]
        if not found:
            raise ToolError(
                f"No coverage data of the {layer} tests. Type: COVERAGE=1 make test-{layer}"
            )
        records += found
    coverage = Coverage(data_file=RECORDS / "together")
    coverage.combine(records, strict=True, keep=True)
    coverage.save()
    return coverage


def _layer_coverage(coverage: Coverage, context: str) -> LayerCoverage:
    """Return the coverage of a layer, which is a context in coverage.py's data."""
    with tempfile.NamedTemporaryFile() as file:
        coverage.json_report(outfile=file.name, contexts=[context])
        report = json.load(file)
    lines = {
        (path, name, line)
        for path, file in report["files"].items()
        for name, function in file["functions"].items()
        for line in function["executed_lines"]
    }
    return LayerCoverage(report["totals"], lines)


def _print_table(layers: dict[str, LayerCoverage]) -> None:
    print(f"\n{'covered by':12} {'lines':>8} {'branches':>9}")
    for name, layer in layers.items():
        lines = layer.totals["percent_statements_covered"]
        branches = layer.totals["percent_branches_covered"]
        print(f"{name:12} {lines:6.1f} % {branches:7.1f} %")


def _print_alone(layer: str, lines: set[tuple[str, str, int]]) -> None:
    """List the functions with lines that no other layer covers."""
    print(f"\nOnly the {layer} tests cover {len(lines)} lines, in")
    for path in sorted({path for path, _, _ in lines}):
        names = sorted({name or "(module)" for place, name, _ in lines if place == path})
        print(f"  {path}: {', '.join(names)}")


def _print_javascript() -> None:
    if not JAVASCRIPT_COVERAGE.exists():
        print("\nNo JavaScript coverage was recorded; that needs Chromium.")
        return
    functions = json.loads(JAVASCRIPT_COVERAGE.read_text())
    missed = [function for function in functions if not function[-1]]
    reached = len(functions) - len(missed)
    print(
        f"\nOf the page's {len(functions)} JavaScript functions, {reached} were called"
        f"{', not these:' if missed else '.'}"
    )
    for module, name, offset, _ in sorted(missed):
        source = (PAGE / module.lstrip("/")).read_text(encoding="utf-8")
        line = source.count("\n", 0, offset) + 1
        print(f"  {module}:{line} {name}")


if __name__ == "__main__":
    end_with(main)
