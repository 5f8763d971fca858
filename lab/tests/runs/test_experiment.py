"""`python -m lab run` on a small project: its verdicts, and that it changes nothing there.

These tests are slow, since the lab starts pytest several times.
"""

from lab.tests.runs.project import RUNS_THE_LAB, Project

pytestmark = RUNS_THE_LAB

PRICES = "tests/unit/test_prices.py"


def test_gives_a_verdict_for_every_patch_and_layer(tried: Project) -> None:
    """Each patch has its own verdict, although several were planted at once."""
    assert tried.verdicts() == {
        ("tax-forgotten", "unit"): "caught",
        ("tax-forgotten", "integration"): "missed, never executed",
        ("rounding-to-hundreds", "unit"): "missed though executed",
        ("rounding-to-hundreds", "integration"): "missed, never executed",
        ("import-lost", "unit"): "broke",
        ("import-lost", "integration"): "missed, never executed",
        ("farewell-unheard", "unit"): "missed, never executed",
        ("farewell-unheard", "integration"): "caught",
        ("other-formula", "unit"): "accepted",
        ("other-formula", "integration"): "accepted",
        ("other-words", "unit"): "false alarm",
        ("other-words", "integration"): "accepted",
    }


def test_leaves_nothing_behind(tried: Project) -> None:
    """The working tree is as committed, each copy is deleted, and a part is not the whole."""
    kept = [file.name for file in (tried.folder / ".build/lab").glob("*.json")]

    assert tried.git("status", "--porcelain") == ""
    assert list(tried.temporary.iterdir()) == []
    assert kept == ["results-part.json"]


def test_names_the_test_that_caught_a_fault(tried: Project) -> None:
    """The result has the first test that failed, the line, and how many tests had to run."""
    cell = tried.results()["farewell-unheard", "integration"]

    test = "tests/integration/database/test_database.py"
    assert cell["caught_by"] == [f"{test}::test_stores_the_words"]
    assert cell["where"] == f"{test}:11"
    assert tried.results()["rounding-to-hundreds", "unit"]["tests"] == 1


def test_an_exhaustive_run_gives_the_same_verdicts(tried: Project, project: Project) -> None:
    """It tries each patch alone with every test, and names every test that fails."""
    names = ("tax-forgotten", "rounding-to-hundreds", "other-words")

    project.lab("run", *names, "--layer", "unit", "--jobs", "2", "--exhaustive")

    verdicts = tried.verdicts()
    assert project.verdicts() == {(name, "unit"): verdicts[name, "unit"] for name in names}
    assert set(project.results()["tax-forgotten", "unit"]["caught_by"]) == {
        f"{PRICES}::test_adds_the_tax",
        f"{PRICES}::test_adds_no_tax_to_nothing",
    }
