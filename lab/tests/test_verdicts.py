import json
from pathlib import Path

import pytest

from lab import results, verdicts
from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.factories import make_cell, make_patch

CATALOGUE = [make_patch("two"), make_patch("one"), make_patch("same", kind=Kind.REFACTORING)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the record is to be."""
    return tmp_path / "verdicts.json"


def test_nothing_is_recorded_at_first(file: Path) -> None:
    """Without a file there is no record, and nothing to differ from."""
    assert verdicts.read(file) == {}


def test_keeps_each_verdict_and_the_first_test_that_tells(file: Path) -> None:
    """What varies from run to run, seconds and messages, is not recorded."""
    tests = ["tests/unit/test_a.py::test_a", "tests/unit/test_a.py::test_b"]
    seen = make_cell(
        "one", "unit", Verdict.CAUGHT, caught_by=tests, seconds=3.0, message="assert 0"
    )
    same = make_cell("same", "unit", Verdict.ACCEPTED, kind=Kind.REFACTORING, seconds=1.0)

    verdicts.write(file, {cell.key: cell for cell in (seen, same)}, CATALOGUE)

    assert verdicts.read(file) == {
        seen.key: make_cell("one", "unit", Verdict.CAUGHT, caught_by=tests[:1]),
        same.key: make_cell("same", "unit", Verdict.ACCEPTED, kind=Kind.REFACTORING),
    }


def test_writes_in_the_order_of_the_catalogue(file: Path) -> None:
    """So that a difference between two records is that of their verdicts alone."""
    cells = [make_cell(name, "unit", Verdict.CAUGHT) for name in ("one", "two")]

    verdicts.write(file, {cell.key: cell for cell in cells}, CATALOGUE)

    assert list(json.loads(file.read_text(encoding="utf-8"))["fault"]) == ["two", "one"]


def test_forgets_a_patch_that_is_no_more(file: Path) -> None:
    """A record is of the catalogue as it is."""
    gone = make_cell("gone", "unit", Verdict.CAUGHT)

    verdicts.write(file, {gone.key: gone}, CATALOGUE)

    assert verdicts.read(file) == {}


def test_the_recorded_run_found_what_is_recorded() -> None:
    """What the guide shows and what a run is compared with are of one mind."""
    recorded = verdicts.read(results.RECORDED)

    shown = results.load([results.RECORDED_RUN])

    assert {cell.key: cell.verdict for cell in shown.cells} == {
        key: cell.verdict for key, cell in recorded.items()
    }
