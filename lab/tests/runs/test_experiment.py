"""`python -m lab run` on a small project: what it finds, and that it leaves the tree alone.

These tests are slow, since each lets pytest run several times.
"""

import subprocess

import pytest

from lab.results import load
from lab.tests.runs.conftest import BOTH_LAYERS
from lab.tests.runs.project import Project

pytestmark = pytest.mark.slow

PRICES = "tests/unit/test_prices.py"


def test_gives_a_verdict_for_every_patch_and_layer(
    tried: Project, first_run: subprocess.CompletedProcess[str]
) -> None:
    """Each patch has the verdict that it deserves, though the lab tried several at once."""
    assert first_run.returncode == 0
    assert first_run.stderr == ""
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


def test_tells_which_test_caught_a_fault(
    tried: Project,
    first_run: subprocess.CompletedProcess[str],  # noqa: ARG001 -- it wrote the results
) -> None:
    """The first test that fails is named, with the line and pytest's words."""
    cell = tried.results()["farewell-unheard", "integration"]

    test = "tests/integration/database/test_database.py"
    assert cell["caught_by"] == [f"{test}::test_keeps_what_was_said"]
    assert cell["where"] == f"{test}:11"
    assert "'Goodbye, Ada'" in cell["message"]


def test_leaves_nothing_behind(
    tried: Project,
    first_run: subprocess.CompletedProcess[str],  # noqa: ARG001 -- what may have left something
) -> None:
    """The tree is as it was committed, and no copy of it stays."""
    assert tried.git("status", "--porcelain") == ""
    assert list(tried.temporary.iterdir()) == []


def test_gives_the_same_verdicts_the_long_way(tried: Project, project: Project) -> None:
    """Each patch alone, and every test to its end, tells the same; and every test that fails."""
    project.lab("run", *BOTH_LAYERS, "--jobs", "2", "--exhaustive")

    assert project.verdicts() == tried.verdicts()
    assert set(project.results()["tax-forgotten", "unit"]["caught_by"]) == {
        f"{PRICES}::test_adds_the_tax",
        f"{PRICES}::test_adds_no_tax_to_nothing",
    }


def test_runs_no_test_that_cannot_tell(
    tried: Project,
    first_run: subprocess.CompletedProcess[str],  # noqa: ARG001 -- it wrote the results
) -> None:
    """Of five tests of the layer, one executes what this fault changes."""
    assert tried.results()["rounding-to-hundreds", "unit"]["tests"] == 1


def test_puts_the_parts_of_an_experiment_together(tried: Project, project: Project) -> None:
    """Two machines that try a half each find what one does that tries all."""
    chosen = ("tax-forgotten", "farewell-unheard", "--layer", "unit")
    files = [project.folder / f".build/lab/results-{part}-of-2.json" for part in (1, 2)]

    for part in ("1/2", "2/2"):
        project.lab("run", *chosen, "--shard", part)

    verdicts = {(cell.patch, cell.layer): cell.verdict for cell in load(files).cells}
    assert verdicts == {key: tried.verdicts()[key] for key in verdicts}
    assert verdicts.keys() == {("tax-forgotten", "unit"), ("farewell-unheard", "unit")}


def test_a_part_does_not_take_the_place_of_the_whole(
    tried: Project,
    first_run: subprocess.CompletedProcess[str],  # noqa: ARG001 -- it wrote the results
) -> None:
    """The results of two layers are kept beside those of all three."""
    kept = {file.name for file in (tried.folder / ".build/lab").glob("*.json")}

    assert kept == {"results-part.json"}
