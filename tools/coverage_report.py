"""`python -m tools.coverage_report`: the coverage of each layer, and of all layers together.

Reads the data that `COVERAGE=1 make test-unit` and its siblings recorded. Exit code 1: the layers
together miss a line or a branch; 2: the data of a layer is missing.
"""

import json
import tempfile
from pathlib import Path

from coverage import Coverage

from tests.support.paths import JAVASCRIPT_COVERAGE
from tools.command import end_with
from tools.common import BUILD, LAYERS, ROOT, ToolError

RECORDS = BUILD / "coverage"
PAGE = ROOT / "app" / "web"
REQUIRED_PERCENT = 100


def main() -> int:
    """Print the report; return 1 if the layers together miss a line or a branch."""
    coverage = _combined()
    print(f"\n{'covered by':12} {'lines':>8} {'branches':>9}")
    for layer in LAYERS:
        _print_layer(layer, coverage, f"^{layer}$")
    percent = _print_layer("together", coverage, "")
    _print_javascript()
    if percent == REQUIRED_PERCENT:
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


def _print_layer(name: str, coverage: Coverage, context: str) -> float:
    """Print one row and return the percentage of lines and branches; a layer is a context."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        percent = coverage.json_report(outfile=str(file), contexts=[context])
        totals = json.loads(file.read_text("utf-8"))["totals"]
    lines, branches = totals["percent_statements_covered"], totals["percent_branches_covered"]
    print(f"{name:12} {lines:6.1f} % {branches:7.1f} %")
    return percent


def _print_javascript() -> None:
    if not JAVASCRIPT_COVERAGE.exists():
        print("\nNo JavaScript coverage was recorded; that needs Chromium.")
        return
    functions = json.loads(JAVASCRIPT_COVERAGE.read_text("utf-8"))
    missed = [function for function in functions if not function[-1]]
    reached = len(functions) - len(missed)
    end = ", not these:" if missed else "."
    print(f"\nOf the page's {len(functions)} JavaScript functions, {reached} were called{end}")
    for module, name, offset, _ in sorted(missed):
        source = (PAGE / module.lstrip("/")).read_text(encoding="utf-8")
        line = source.count("\n", 0, offset) + 1
        print(f"  {module}:{line} {name}")


if __name__ == "__main__":
    end_with(main)
