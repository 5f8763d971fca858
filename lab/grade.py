"""`python -m lab grade DIR`: grades a folder of tests by the catalogue.

They should pass with each refactoring and fail with each fault; compare wheats and chaffs in Wrenn,
Krishnamurthi and Fisler, "Who tests the testers?" (ICER 2018).
"""

import argparse
import os

from lab import catalogue, terminal
from lab.baseline import Layer
from lab.experiment import Experiment, Plan
from lab.results import RED
from lab.sandboxes import sandboxes
from tools.common import ToolError


def main(chosen: argparse.Namespace) -> int:
    """Print which faults the tests catch; return 1 if they raise a false alarm."""
    folder = chosen.folder.resolve()
    if not any(folder.rglob("test_*.py")):
        raise ToolError(f"There is no test_*.py in {chosen.folder}.")
    patches = catalogue.read_all()
    # These tests may use a browser and open any file, so none of them can be left out.
    layer = Layer(folder.name, f"tests/{folder.name}", in_browser=True)
    jobs = os.cpu_count() or 1
    with (
        sandboxes(patches, jobs, submitted=folder) as places,
        terminal.progress(len(patches)) as show,
    ):
        found = Experiment(Plan(patches, [layer]), places, print).run(show)
    terminal.print_grade(found, patches)
    return int(
        any(cell.verdict in RED and cell.kind == catalogue.Kind.REFACTORING for cell in found.cells)
    )
