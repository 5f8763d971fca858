"""The commands beside `run`: for those who read the catalogue, add to it, or judge tests by it.

These tests are slow, since each starts a process.
"""

import pytest

from lab.tests.runs.files import PRICES, TAX, TEST_PRICES, TEST_WORDS
from lab.tests.runs.project import Project

pytestmark = pytest.mark.slow


def test_shows_who_caught_a_fault(project: Project) -> None:
    """A fault goes with its diff, the test that caught it, and the assertion that failed."""
    shown = project.lab("show", "tax-forgotten").stdout

    assert "-    return cents * 119 // 100" in shown
    assert "unit: caught\n    tests/unit/test_prices.py::test_adds_the_tax\n" in shown
    assert "assert 100 == 119" in shown


def test_makes_a_fault_of_what_was_changed(project: Project) -> None:
    """The diff of app/ becomes a fault, whose header a person is to fill in."""
    project.write("app/prices.py", PRICES.replace(TAX, "cents * 2"))
    project.write("tests/unit/test_words.py", "")

    ended = project.lab("new", "tax-doubled")

    made = (project.folder / "lab/faults/tax-doubled.patch").read_text(encoding="utf-8")
    assert ended.returncode == 0
    assert made.partition("\nsource")[0] == "title:\nsuffers:\nlesson:\ntopic:"
    assert "+    return cents * 2" in made
    assert "tests/unit" not in made


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("tax-doubled", "Nothing in app/ differs from the last commit. Break something first."),
        ("tax-forgotten", "There is a fault tax-forgotten already."),
        ("Tax doubled", "'Tax doubled' is not made of lower-case words and hyphens."),
    ],
    ids=["no change", "name taken", "no name"],
)
def test_makes_no_fault_of_nothing(project: Project, name: str, line: str) -> None:
    """A new fault needs a change and a name of its own."""
    ended = project.lab("new", name)

    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]


def test_grades_tests_that_accept_what_is_right(project: Project) -> None:
    """Tests that pass with each refactoring are told which faults they see, and which not."""
    project.write("../brought/ada/test_prices.py", TEST_PRICES)

    ended = project.lab("grade", "../brought/ada")

    assert ended.returncode == 0, ended.stderr
    assert {"tax-forgotten", "farewell-unheard"} <= set(ended.stdout.split())


def test_grades_tests_that_reject_what_is_right(project: Project) -> None:
    """Tests that fail with a change that alters nothing are as bad as those that miss a fault."""
    project.write("../brought/unit/test_words.py", TEST_WORDS)

    ended = project.lab("grade", "../brought/unit")

    assert ended.returncode == 1
    assert "other-words" in ended.stdout


def test_grades_no_empty_folder(project: Project) -> None:
    """A folder without tests is a mistake, and no suite that sees nothing."""
    ended = project.lab("grade", "app")

    assert ended.returncode == 2
    assert ended.stderr == "There is no test_*.py in app.\n"
