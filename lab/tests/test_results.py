import json
from pathlib import Path

import pytest

from lab.results import (
    RED,
    SEEN,
    Verdict,
    load,
    read_first_run,
    read_record,
    update_record,
)
from lab.tests.factories import make_cell, make_patch, make_run
from tools.common import ToolError

CAUGHT = make_cell(
    "tax-forgotten",
    "unit",
    Verdict.CAUGHT,
    caught_by=["tests/unit/test_prices.py::test_adds_the_tax"],
    where="tests/unit/test_prices.py:5",
    message="assert 100 == 119",
    tests=3,
    seconds=0.5,
)
UNNOTICED = make_cell("tax-forgotten", "unit", Verdict.UNNOTICED)
ELSEWHERE = make_cell("tax-forgotten", "e2e", Verdict.UNREACHED)


def test_loads_what_was_saved(tmp_path: Path) -> None:
    """The file may be in a folder that does not exist yet."""
    found = make_run([CAUGHT, ELSEWHERE], unit=2.0, e2e=30.0)
    file = tmp_path / "lab" / "results.json"

    found.save(file)

    assert load([file]) == found


def test_combines_the_parts_of_an_experiment(tmp_path: Path) -> None:
    """The cells, layers and seconds of several machines add up."""
    parts = [tmp_path / "1.json", tmp_path / "2.json"]
    make_run([CAUGHT], unit=2.0).save(parts[0])
    make_run([CAUGHT, ELSEWHERE], unit=2.0, e2e=30.0).save(parts[1])

    found = load(parts)

    assert found.cells == [CAUGHT, ELSEWHERE]
    assert list(found.layers) == ["unit", "e2e"]
    assert found.seconds == 120.0


def test_a_cell_with_two_verdicts_is_unstable(tmp_path: Path) -> None:
    """A verdict must be the same in every part."""
    parts = [tmp_path / "1.json", tmp_path / "2.json"]
    make_run([CAUGHT], unit=2.0).save(parts[0])
    make_run([UNNOTICED], unit=2.0).save(parts[1])

    [cell] = load(parts).cells

    assert cell.verdict == Verdict.UNSTABLE
    assert cell.message == "caught, then missed though executed"


def test_there_is_no_record_at_first(tmp_path: Path) -> None:
    """Without a file there is nothing that a verdict could differ from."""
    assert read_record(tmp_path / "recorded-run.json") == {}


def test_records_new_verdicts_and_keeps_the_others(tmp_path: Path) -> None:
    """The run of one layer replaces the cells of that layer only."""
    file = tmp_path / "recorded-run.json"
    make_run([UNNOTICED, ELSEWHERE], unit=2.0, e2e=30.0).save(file)

    update_record(file, make_run([CAUGHT], unit=3.0), [make_patch("tax-forgotten")])

    assert load([file]).layers == make_run([], unit=3.0, e2e=30.0).layers
    assert read_record(file) == {CAUGHT.key: CAUGHT, ELSEWHERE.key: ELSEWHERE}


def test_writes_the_record_in_the_order_of_the_catalogue(tmp_path: Path) -> None:
    """Two records differ only where their cells do, in whichever order these were found."""
    file = tmp_path / "recorded-run.json"
    cells = [make_cell(patch, "unit", Verdict.CAUGHT) for patch in ("one", "two")]

    update_record(file, make_run(cells, unit=2.0), [make_patch("two"), make_patch("one")])

    assert [cell.patch for cell in load([file]).cells] == ["two", "one"]


def test_does_not_record_an_unstable_verdict(tmp_path: Path) -> None:
    """The verdict that was recorded before stays."""
    file = tmp_path / "recorded-run.json"
    make_run([UNNOTICED], unit=2.0).save(file)
    unstable = make_cell("tax-forgotten", "unit", Verdict.UNSTABLE)

    update_record(file, make_run([unstable], unit=2.0), [make_patch("tax-forgotten")])

    assert read_record(file) == {UNNOTICED.key: UNNOTICED}


def test_drops_the_record_of_a_patch_that_no_longer_exists(tmp_path: Path) -> None:
    """The record has the patches of the catalogue, and no others."""
    file = tmp_path / "recorded-run.json"
    make_run([UNNOTICED], unit=2.0).save(file)

    update_record(file, make_run([], unit=2.0), [])

    assert read_record(file) == {}


def test_reads_the_verdicts_of_the_first_run(tmp_path: Path) -> None:
    """They are nested by kind, patch and layer, and have neither seconds nor messages."""
    file = tmp_path / "first-run.json"
    cell = {"verdict": "caught", "caught_by": CAUGHT.caught_by}
    file.write_text(json.dumps({"fault": {"tax-forgotten": {"unit": cell}}}), encoding="utf-8")

    first = read_first_run(file)

    expected = make_cell("tax-forgotten", "unit", Verdict.CAUGHT, caught_by=CAUGHT.caught_by)
    assert first == {CAUGHT.key: expected}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("null", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no cells"),
        pytest.param('{"cells": [], "layers": []}', id="no layers"),
        pytest.param('{"cells": [{}], "layers": {}}', id="an empty cell"),
        pytest.param(
            json.dumps({"cells": [], "layers": {}, "seconds": 1, "conditions": "", "more": 1}),
            id="unknown field",
        ),
    ],
)
def test_refuses_a_file_that_holds_no_results(content: str, tmp_path: Path) -> None:
    """The error is one sentence that names the file."""
    file = tmp_path / "results.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ToolError, match=r"results\.json holds no results of the lab\.$"):
        load([file])


def test_refuses_an_unknown_verdict(tmp_path: Path) -> None:
    """A file of another version of the lab is not interpreted."""
    file = tmp_path / "results.json"
    make_run([CAUGHT], unit=2.0).save(file)
    file.write_text(file.read_text(encoding="utf-8").replace('"caught"', '"seen"'))

    with pytest.raises(ToolError, match="holds no results"):
        load([file])


def test_missing_results_are_an_error_with_the_command(tmp_path: Path) -> None:
    """The error says which command makes the results."""
    with pytest.raises(ToolError, match="Type: make lab"):
        load([tmp_path / "results.json"])


def test_a_false_alarm_is_red_but_does_not_count_as_seen() -> None:
    """A layer that goes red for a refactoring has not seen a fault."""
    assert set(RED) - set(SEEN) == {Verdict.FALSE_ALARM}
