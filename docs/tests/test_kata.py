"""The kata: which steps are valid, and when a run is as its step predicts."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from docs import kata
from docs.kata_steps import Step, read_all
from lab.layers import Failure, Outcome
from tools.common import ToolError

TEST = "tests/test_prices.py::test_adds_the_tax"
OTHER = "tests/test_prices.py::test_rounds"
HEADER = f"""title: The tax is added
why: People pay prices with tax.
tests: tests/test_prices.py
fails: {TEST}
says: 100 == 119
"""
GREEN = Step(Path("a"), 1, "green", "The tax", "So.", ["tests/test_prices.py"], {}, "the diff")
RED = replace(GREEN, number=2, phase="red", fails={TEST: "100 == 119"})


def write_step(folder: Path, name: str, *, file: str = "", header: str = HEADER) -> None:
    """Write a patch that changes one file, by default one that its phase may change."""
    file = file or ("tests/test_prices.py" if "red" in name else "app/prices.py")
    diff = f"--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-a\n+b\n"
    (folder / f"{name}.patch").write_text(f"{header}\n{diff}", encoding="utf-8")


def make_outcome(
    *, timed_out: bool = False, ran: tuple[str, ...] = (TEST, OTHER), **messages: str
) -> Outcome:
    """Return the outcome of a run; `messages` has those of the tests that failed."""
    names = {"test": TEST, "other": OTHER}
    failures = [Failure(names[name], "", message) for name, message in messages.items()]
    return Outcome(dict.fromkeys(ran, 0.1), failures, [], timed_out, 0.3, "the log\n")


def test_the_steps_of_the_guide_are_valid() -> None:
    """All patches in docs/kata can be read, and each red step names the failures to expect."""
    steps = read_all()

    assert [step.number for step in steps if step.fails] == [1, 3, 7, 9, 12, 14, 16]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        pytest.param(["02-refactor-tax"], "expected step 1 here", id="a gap"),
        pytest.param(["01-blue-tax"], "its name does not look like", id="unknown phase"),
        pytest.param(["01-red-tax"], "must be followed by a green one", id="red at the end"),
        pytest.param(["01-red-tax", "02-red-tax"], "02-red-tax.patch: each red", id="red twice"),
        pytest.param(["01-green-tax"], "each red step", id="green first"),
    ],
)
def test_refuses_steps_in_the_wrong_order(tmp_path: Path, names: list[str], message: str) -> None:
    """The numbers have no gap, and each red step is followed by its green one."""
    for name in names:
        write_step(tmp_path, name)

    with pytest.raises(ToolError, match=message):
        read_all(tmp_path)


def test_refuses_a_red_step_without_a_prediction(tmp_path: Path) -> None:
    """Only a red step needs the field “fails:”, with the test that must fail."""
    write_step(tmp_path, "01-red-tax", header=HEADER.replace("fails:", "no-fails:"))

    with pytest.raises(ToolError, match="its header lacks “fails:”"):
        read_all(tmp_path)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("01-red-tax", "app/prices.py"),
        ("01-green-tax", "tests/test_prices.py"),
        ("01-refactor-tax", "lab/run.py"),
    ],
)
def test_refuses_a_change_in_the_wrong_folder(tmp_path: Path, name: str, file: str) -> None:
    """A red step changes tests, a green one the service, and a refactoring either."""
    write_step(tmp_path, name, file=file)

    with pytest.raises(ToolError, match=f"step must not change {file}"):
        read_all(tmp_path)


@pytest.mark.parametrize(
    ("step", "outcome"), [(RED, make_outcome(test="assert 100 == 119")), (GREEN, make_outcome())]
)
def test_accepts_a_run_that_is_as_predicted(step: Step, outcome: Outcome) -> None:
    """In red the named test fails with the predicted message; otherwise all tests pass."""
    assert kata.mismatch(step, outcome) == ""


@pytest.mark.parametrize(
    ("step", "outcome", "message"),
    [
        pytest.param(RED, make_outcome(), f"{TEST} does not fail", id="red is green"),
        pytest.param(RED, make_outcome(test="no app"), "not fail with “100", id="other message"),
        pytest.param(
            RED, make_outcome(test="100 == 119", other=""), f"{OTHER} fails", id="another failure"
        ),
        pytest.param(GREEN, make_outcome(test="no"), f"{TEST} fails", id="green is red"),
        pytest.param(GREEN, make_outcome(ran=()), "no test runs", id="nothing ran"),
        pytest.param(GREEN, make_outcome(timed_out=True), "take longer than", id="a hang"),
    ],
)
def test_reports_a_run_that_is_not_as_predicted(step: Step, outcome: Outcome, message: str) -> None:
    """A red step is proven only by the predicted test with the predicted message."""
    assert message in kata.mismatch(step, outcome)


@pytest.fixture
def two_steps(mocker: MockerFixture) -> list[Step]:
    """Make a kata whose tests all pass, so that its second step, a red one, is not as predicted."""
    mocker.patch.object(kata, "Copy", autospec=True)
    mocker.patch.object(kata, "_apply", autospec=True)
    mocker.patch("lab.layers.run", autospec=True, return_value=make_outcome())
    return [GREEN, RED]


def test_stops_at_the_first_step_that_is_not_as_predicted(
    two_steps: list[Step], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 1, and the end of the test output precedes the explanation."""
    code = kata.replay(two_steps, tmp_path, None, None)

    assert code == 1
    assert f"the log\n\nStep 2 is not as predicted: {TEST}" in capsys.readouterr().out


def test_shows_only_the_step_that_was_asked_for(
    two_steps: list[Step], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The story and the diff come first; the steps before it are applied, but not run."""
    kata.replay(two_steps, tmp_path, 2, None)

    assert capsys.readouterr().out.splitlines()[:3] == ["RED: So.", "", "the diff"]


@pytest.mark.parametrize("step", [0, 3])
def test_refuses_a_step_that_does_not_exist(
    two_steps: list[Step], tmp_path: Path, step: int
) -> None:
    """The error says which steps there are."""
    with pytest.raises(ToolError, match=f"There is no step {step}. The steps are 1 to 2."):
        kata.replay(two_steps, tmp_path, step, None)


def test_keeps_an_existing_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--keep` refuses a folder that exists, so that a reader's work is never overwritten."""
    monkeypatch.setattr("sys.argv", ["kata", "--keep", str(tmp_path)])

    with pytest.raises(ToolError, match="There is already a "):
        kata.main()
