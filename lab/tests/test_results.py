import json
from pathlib import Path

import pytest

from lab.results import Cell, Verdict, load, read_first_run, read_record, update_record
from lab.tests.factories import TEST, make_cell, make_patch, make_results
from tools.common import ToolError

CAUGHT = make_cell("tax-forgotten", "unit", Verdict.CAUGHT, caught_by=[TEST], seconds=0.5)
UNNOTICED = make_cell("tax-forgotten", "unit", Verdict.UNNOTICED)
ELSEWHERE = make_cell("tax-forgotten", "e2e", Verdict.UNREACHED)
FAULT = make_patch("tax-forgotten")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Write a record of one fault, which both layers miss."""
    file = tmp_path / "recorded-run.json"
    make_results([UNNOTICED, ELSEWHERE], "unit", "e2e").save(file)
    return file


def load_parts(folder: Path, *cells: Cell) -> list[Cell]:
    """Save each cell as a part of an experiment, and combine the parts."""
    files = [folder / f"{number}.json" for number in range(len(cells))]
    for file, cell in zip(files, cells, strict=True):
        make_results([cell], cell.layer).save(file)
    return load(files).cells


def test_loads_what_was_saved(tmp_path: Path) -> None:
    """The file may be in a folder that does not exist yet."""
    found = make_results([CAUGHT, ELSEWHERE], "unit", "e2e")
    file = tmp_path / "lab" / "results.json"

    found.save(file)

    assert load([file]) == found


def test_combines_the_parts_of_an_experiment(tmp_path: Path) -> None:
    """The cells of several machines add up; two machines may have tried the same fault."""
    assert load_parts(tmp_path, CAUGHT, ELSEWHERE, CAUGHT) == [CAUGHT, ELSEWHERE]


def test_a_cell_with_two_verdicts_is_unstable(tmp_path: Path) -> None:
    """If two machines disagree about a cell, neither of their verdicts counts."""
    [cell] = load_parts(tmp_path, CAUGHT, UNNOTICED)

    assert cell.verdict == Verdict.UNSTABLE
    assert cell.message == "caught, then missed though executed"


def test_records_new_verdicts_and_keeps_the_others(record: Path) -> None:
    """The run of one layer replaces the cells of that layer only."""
    update_record(record, make_results([CAUGHT], "unit"), [FAULT])

    assert read_record(record) == {CAUGHT.key: CAUGHT, ELSEWHERE.key: ELSEWHERE}
    assert list(load([record]).layers) == ["unit", "e2e"]


def test_writes_the_record_in_the_order_of_the_catalogue(tmp_path: Path) -> None:
    """Two records differ only where their cells do, in whichever order these were found."""
    file = tmp_path / "recorded-run.json"
    cells = [make_cell(patch, "unit", Verdict.CAUGHT) for patch in ("one", "two")]

    update_record(file, make_results(cells, "unit"), [make_patch("two"), make_patch("one")])

    assert [cell.patch for cell in load([file]).cells] == ["two", "one"]


def test_drops_the_record_of_a_patch_that_no_longer_exists(record: Path) -> None:
    """The record has the patches of the catalogue, and no others."""
    update_record(record, make_results([], "unit"), [])

    assert read_record(record) == {}


def test_reads_the_verdicts_of_the_first_run(tmp_path: Path) -> None:
    """They are nested by kind, patch and layer, and have neither seconds nor messages."""
    file = tmp_path / "first-run.json"
    cell = {"verdict": "missed though executed"}
    file.write_text(json.dumps({"fault": {"tax-forgotten": {"unit": cell}}}), encoding="utf-8")

    first = read_first_run(file)

    assert first == {UNNOTICED.key: UNNOTICED}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no cells"),
        pytest.param('{"cells": [{}], "layers": {}}', id="an empty cell"),
        pytest.param('{"cells": [], "layers": {}, "more": 1}', id="unknown field"),
        pytest.param(
            '{"cells": [{"kind": "fault", "verdict": "seen"}], "layers": {}}', id="unknown verdict"
        ),
    ],
)
def test_refuses_a_file_that_holds_no_results(content: str, tmp_path: Path) -> None:
    """The error is one sentence that names the file."""
    file = tmp_path / "results.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ToolError, match=r"results\.json holds no results of the lab\.$"):
        load([file])


def test_missing_results_are_an_error_with_the_command(tmp_path: Path) -> None:
    """The error says which command makes the results."""
    with pytest.raises(ToolError, match="Type: make lab"):
        load([tmp_path / "results.json"])
