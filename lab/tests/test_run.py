"""`python -m lab run`, with fake sandboxes: its arguments, its exit code, and the record."""

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from lab import catalogue, results, run
from lab.layers import Outcome
from lab.results import Verdict, load, read_record
from lab.tests.factories import (
    FAILS,
    TEST,
    make_baseline,
    make_cell,
    make_outcome,
    make_patch,
    make_results,
)
from lab.tests.fake_sandboxes import FakeSandboxes
from tools.common import ToolError

FAULT = make_patch("tax-forgotten")
MISSED = make_cell(FAULT.name, "unit", Verdict.UNNOTICED)
GREEN = make_outcome()
Run = Callable[..., int]


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of the record, in which the only fault of the catalogue is missed."""
    file = tmp_path / "recorded-run.json"
    make_results([MISSED], "unit").save(file)
    monkeypatch.setattr(results, "RECORDED", file)
    monkeypatch.setattr(results, "PART", tmp_path / "results-part.json")
    monkeypatch.setattr(catalogue, "read_all", lambda: [FAULT])
    return file


@pytest.fixture
def run_lab(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the unit layer, whose runs have these outcomes."""

    def run_lab(*outcomes: Outcome, **options: object) -> int:
        rest = iter(outcomes)
        fake = FakeSandboxes(recorded.parent, make_baseline(), lambda _: next(rest))
        monkeypatch.setattr(run, "sandboxes", lambda *_: nullcontext(fake))
        return run.main(arguments(layer=["unit"], **options))

    return run_lab


def arguments(**options: object) -> argparse.Namespace:
    """Return the arguments of a command line that names the fault."""
    defaults: dict[str, object] = {"names": [FAULT.name], "layer": None, "shard": None, "jobs": 1}
    return argparse.Namespace(**(defaults | {"exhaustive": False, "record": False} | options))


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"names": ["no-such-fault"]},
            "There is no fault 'no-such-fault'. Type: python -m lab list",
        ),
        ({"shard": "5/4"}, "--shard must be a part such as 2/4, not '5/4'."),
        ({"jobs": 0}, "--jobs must be at least 1."),
    ],
    ids=["fault", "shard", "jobs"],
)
def test_refuses_invalid_arguments(options: dict[str, object], message: str) -> None:
    """Each error is one sentence that says what is accepted."""
    with pytest.raises(ToolError, match=f"{message}$"):
        run.main(arguments(**options))


def test_shards_have_every_patch_once() -> None:
    """Several machines can share a catalogue of any length."""
    patches = [make_patch(name) for name in ("one", "two", "three", "four")]

    shards = [run.shard(part, patches) for part in ("1/3", "2/3", "3/3")]

    assert [patch.name for shard in shards for patch in shard] == ["one", "four", "two", "three"]


def test_a_verdict_that_is_not_recorded_is_an_error(
    run_lab: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault that was missed and is caught now makes the exit code 1, and is named."""
    status = run_lab(FAILS, FAILS)

    message = "tax-forgotten, unit: caught, but missed though executed is recorded"
    assert status == 1
    assert capsys.readouterr().err.splitlines()[0] == message


def test_records_a_new_verdict_if_asked_to(run_lab: Run, recorded: Path) -> None:
    """With --record the new verdict and its test replace the recorded ones, without an error."""
    status = run_lab(FAILS, FAILS, record=True)

    [cell] = load([recorded]).cells
    assert status == 0
    assert cell.verdict == Verdict.CAUGHT
    assert cell.caught_by == [TEST]


def test_an_unstable_verdict_is_an_error_and_never_recorded(
    run_lab: Run, recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault that is caught, contrary to the record, and then missed is unstable."""
    status = run_lab(FAILS, GREEN, record=True)

    message = "tax-forgotten, unit: unstable: caught, then missed though executed"
    assert status == 1
    assert capsys.readouterr().err.splitlines()[0] == message
    assert read_record(recorded) == {MISSED.key: MISSED}
