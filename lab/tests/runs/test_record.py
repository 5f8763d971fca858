"""What `python -m lab run` makes of verdicts that are not the recorded ones.

These tests are slow, since each lets pytest run at least twice.
"""

import json

import pytest

from lab.tests.runs.files import ROUNDING, make_patch
from lab.tests.runs.project import Project

pytestmark = pytest.mark.slow

MISSED = {"verdict": "missed though executed"}
RECORD = "lab/verdicts.json"
# Wrong every other time: it counts in a file that is in no copy of the project.
EVERY_OTHER_TIME = """\
    with open("{file}", "a+") as file:
        file.write(".")
        return file.tell() % 2 * cents"""


def record(project: Project, fault: str, cell: dict[str, str]) -> None:
    """Say that the unit layer gave this verdict before."""
    project.write(RECORD, json.dumps({"fault": {fault: {"unit": cell}}}))


def test_complains_of_a_verdict_that_is_not_the_recorded_one(project: Project) -> None:
    """A fault that was missed and is caught now ends the run with 1, and is named."""
    record(project, "tax-forgotten", MISSED)

    ended = project.lab("run", "tax-forgotten", "--layer", "unit")

    complaint = "tax-forgotten, unit: caught, and missed though executed is recorded"
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[0] == complaint


def test_records_a_verdict_anew_when_told_to(project: Project) -> None:
    """With --record the new verdict stands in the record, with its test, and is no error."""
    record(project, "tax-forgotten", MISSED)

    ended = project.lab("run", "tax-forgotten", "--layer", "unit", "--record")

    caught = {"verdict": "caught", "caught_by": ["tests/unit/test_prices.py::test_adds_the_tax"]}
    recorded = json.loads((project.folder / RECORD).read_text(encoding="utf-8"))
    assert ended.returncode == 0
    assert recorded == {"fault": {"tax-forgotten": {"unit": caught}}}


def test_calls_a_verdict_unstable_that_differs_the_next_time(project: Project) -> None:
    """Caught, contrary to the record, and then not: that ends with 1, and is never recorded."""
    runs = project.temporary / "runs"
    runs.write_text(".")
    wrong = EVERY_OTHER_TIME.format(file=runs)
    fault = make_patch("app/prices.py", f"    return {ROUNDING}", wrong, title="Every other time")
    project.write("lab/faults/every-other-time.patch", fault)
    record(project, "every-other-time", MISSED)

    ended = project.lab("run", "every-other-time", "--layer", "unit", "--record")

    complaint = "every-other-time, unit: unstable: caught, then missed though executed"
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[0] == complaint
    recorded = json.loads((project.folder / RECORD).read_text(encoding="utf-8"))
    assert recorded == {"fault": {"every-other-time": {"unit": MISSED}}}
