import json
from pathlib import Path

import pytest

from lab.results import RED, SEEN, Verdict, load, renew
from lab.tests.factories import make_cell, make_patch, results
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


def test_keeps_what_was_found(tmp_path: Path) -> None:
    """Results that are saved, in a folder that need not exist, are loaded as they were."""
    found = results([CAUGHT, ELSEWHERE], unit=2.0, e2e=30.0)
    file = tmp_path / "lab" / "results.json"

    found.save(file)

    assert load([file]) == found


def test_puts_parts_together(tmp_path: Path) -> None:
    """Several machines' cells, layers and seconds add up."""
    parts = [tmp_path / "1.json", tmp_path / "2.json"]
    results([CAUGHT], unit=2.0).save(parts[0])
    results([CAUGHT, ELSEWHERE], unit=2.0, e2e=30.0).save(parts[1])

    found = load(parts)

    assert found.cells == [CAUGHT, ELSEWHERE]
    assert list(found.layers) == ["unit", "e2e"]
    assert found.seconds == 120.0


def test_calls_a_cell_unstable_on_which_parts_differ(tmp_path: Path) -> None:
    """A verdict that is another on another machine is none."""
    parts = [tmp_path / "1.json", tmp_path / "2.json"]
    results([CAUGHT], unit=2.0).save(parts[0])
    results([UNNOTICED], unit=2.0).save(parts[1])

    [cell] = load(parts).cells

    assert cell.verdict == Verdict.UNSTABLE
    assert cell.message == "caught, then missed though executed"


def test_a_part_takes_the_place_of_what_it_found_anew(tmp_path: Path) -> None:
    """One cell is exchanged, and the others stay, with the conditions of the whole run."""
    file = tmp_path / "recorded-run.json"
    results([UNNOTICED, ELSEWHERE], unit=2.0, e2e=30.0).save(file)

    renew(file, results([CAUGHT], unit=3.0), [make_patch("tax-forgotten")])

    assert load([file]) == results([CAUGHT, ELSEWHERE], unit=3.0, e2e=30.0)


def test_a_patch_that_is_no_more_leaves_the_recorded_run(tmp_path: Path) -> None:
    """What the catalogue has forgotten is shown to nobody."""
    file = tmp_path / "recorded-run.json"
    results([UNNOTICED], unit=2.0).save(file)

    renew(file, results([make_cell("rounded-twice", "unit", Verdict.CAUGHT)], unit=2.0), [])

    assert load([file]).cells == []


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
            id="another version's",
        ),
    ],
)
def test_refuses_a_file_that_holds_no_results(content: str, tmp_path: Path) -> None:
    """One sentence names the file."""
    file = tmp_path / "results.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ToolError, match=r"results\.json holds no results of the lab\.$"):
        load([file])


def test_refuses_a_verdict_that_there_is_not(tmp_path: Path) -> None:
    """A file of another version's words is not guessed at."""
    file = tmp_path / "results.json"
    results([CAUGHT], unit=2.0).save(file)
    file.write_text(file.read_text(encoding="utf-8").replace('"caught"', '"seen"'))

    with pytest.raises(ToolError, match="holds no results"):
        load([file])


def test_says_how_to_get_results(tmp_path: Path) -> None:
    """Who has none yet is told what to type."""
    with pytest.raises(ToolError, match="Type: make lab"):
        load([tmp_path / "results.json"])


def test_a_false_alarm_is_red_but_sees_nothing() -> None:
    """A layer that goes red over a harmless change has seen no fault."""
    assert set(RED) - set(SEEN) == {Verdict.FALSE_ALARM}
