"""The commands beside `run`, after a run. These tests are slow, since each starts a process."""

from lab.tests.runs.files import TEST_WORDS
from lab.tests.runs.project import RUNS_THE_LAB, Project

pytestmark = RUNS_THE_LAB


def test_shows_what_caught_a_fault(project: Project) -> None:
    """The output has the diff of the fault, the test that caught it, and the failed assertion."""
    shown = project.lab("show", "tax-forgotten").stdout

    assert "-    return cents * 119 // 100" in shown
    assert "unit: caught\n    tests/unit/test_prices.py::test_adds_the_tax\n" in shown
    assert "assert 100 == 119" in shown


def test_grades_submitted_tests(project: Project) -> None:
    """A test that rejects a refactoring makes the exit code 1, as bad as one that misses a fault.

    The folder `unit` takes the place of the project's own unit tests.
    """
    project.write("../submitted/unit/test_words.py", TEST_WORDS)

    ended = project.lab("grade", "../submitted/unit")

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 0
    assert "Faults seen: 0 of 4. False alarms: 1 of 2." in ended.stdout
