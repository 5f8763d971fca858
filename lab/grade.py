"""`python -m lab grade DIR`: judges somebody's tests by the catalogue.

They should pass with each refactoring and fail with each fault, as wheats and chaffs in Wrenn,
Krishnamurthi and Fisler, "Who tests the testers?" (ICER 2018).
"""

import argparse
import os

from lab import catalogue, terminal
from lab.baseline import Layer
from lab.experiment import Experiment, Plan
from lab.results import RED
from lab.workshop import workshop
from tools.common import ToolError


def main(chosen: argparse.Namespace) -> int:
    """Print what the tests see, and return 1 when they reject a change that alters nothing."""
    folder = chosen.folder.resolve()
    if not any(folder.rglob("test_*.py")):
        raise ToolError(f"There is no test_*.py in {chosen.folder}.")
    patches = catalogue.read_all()
    # They may ask a browser, and they may open any file: nothing is known of them.
    layer = Layer(folder.name, f"tests/{folder.name}", in_browser=True)
    jobs = os.cpu_count() or 1
    with workshop(patches, jobs, brought=folder) as place, terminal.progress(len(patches)) as note:
        found = Experiment(Plan(patches, [layer]), place, print).run(note)
    terminal.print_grade(found, patches)
    return int(
        any(cell.verdict in RED and cell.kind == catalogue.Kind.REFACTORING for cell in found.cells)
    )
