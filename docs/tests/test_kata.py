"""The kata: which steps are valid, and when a run is as its step predicts."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from docs import kata
from docs.kata_steps import Phase, Step, read_all
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


def write_step(folder: Path, name: str, *, file: str = "", header: str = HEADER) -> Path:
    """Write a patch that changes one file, by default one that its phase may change."""
    file = file or ("tests/test_prices.py" if "red" in name else "app/prices.py")
    path = folder / f"{name}.patch"
    diff = f"--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-a\n+b\n"
    path.write_text(f"{header}\n{diff}", encoding="utf-8")
    return path


def make_step(phase: Phase = Phase.RED) -> Step:
    """Return a step; a red one predicts that TEST fails."""
    fails = {TEST: "100 == 119"} if phase is Phase.RED else {}
    tests = ["tests/test_prices.py"]
    return Step(Path("a.patch"), 1, phase, "The tax is added", "So.", tests, fails, "the diff")


def make_outcome(
    *, timed_out: bool = False, ran: tuple[str, ...] = (TEST, OTHER), **messages: str
) -> Outcome:
    """Return the outcome of a run; `messages` has those of the tests that failed."""
    names = {"test": TEST, "other": OTHER}
    failures = [Failure(names[name], "", message) for name, message in messages.items()]
    return Outcome(dict.fromkeys(ran, 0.1), failures, [], timed_out, 0.3, "the log\n")


def test_reads_the_steps_in_order(tmp_path: Path) -> None:
    """The number in the file's name decides the order, not when the file was written."""
    for name in ("02-green-tax", "01-red-tax", "03-refactor-tax"):
        write_step(tmp_path, name)

    steps = read_all(tmp_path)

    assert [step.phase for step in steps] == [Phase.RED, Phase.GREEN, Phase.REFACTOR]
    assert steps[0].fails == {TEST: "100 == 119"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        pytest.param(
            ["02-refactor-tax"], "02-refactor-tax.patch: expected step 1 here", id="a gap"
        ),
        pytest.param(["01-blue-tax"], "its name does not look like", id="unknown phase"),
        pytest.param(["01-red-tax"], "no green step follows it", id="red at the end"),
        pytest.param(["01-red-tax", "02-red-more"], "01-red-tax.patch: no green", id="red twice"),
        pytest.param(["01-green-tax"], "no red step precedes it", id="green first"),
    ],
)
def test_refuses_steps_in_the_wrong_order(tmp_path: Path, names: list[str], message: str) -> None:
    """The numbers have no gap, and each red step is followed by its green one."""
    for name in names:
        write_step(tmp_path, name)

    with pytest.raises(ToolError, match=message):
        read_all(tmp_path)


@pytest.mark.parametrize("field", ["title", "why", "tests", "fails", "says"])
def test_refuses_a_header_without_a_field(tmp_path: Path, field: str) -> None:
    """The message names the field, so that it can be added."""
    write_step(tmp_path, "01-red-tax", header=HEADER.replace(f"{field}:", f"no-{field}:"))

    with pytest.raises(ToolError, match=f"01-red-tax.patch: its header lacks “{field}:”"):
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

    with pytest.raises(ToolError, match=f"it changes {file}, but a "):
        read_all(tmp_path)


def test_the_steps_of_the_guide_are_valid() -> None:
    """All patches in docs/kata can be read, and the first step is red."""
    assert read_all()[0].phase is Phase.RED


@pytest.mark.parametrize(
    ("phase", "outcome"),
    [
        pytest.param(Phase.RED, make_outcome(test="assert 100 == 119"), id="red"),
        pytest.param(Phase.GREEN, make_outcome(), id="green"),
        pytest.param(Phase.REFACTOR, make_outcome(), id="refactor"),
    ],
)
def test_accepts_a_run_that_is_as_predicted(phase: Phase, outcome: Outcome) -> None:
    """In red the named test fails with the predicted message; otherwise all tests pass."""
    assert kata.mismatch(make_step(phase), outcome) == ""


@pytest.mark.parametrize(
    ("phase", "outcome", "message"),
    [
        pytest.param(Phase.RED, make_outcome(), f"{TEST} does not fail", id="red is green"),
        pytest.param(
            Phase.RED, make_outcome(test="no app"), "does not fail with “100", id="other message"
        ),
        pytest.param(
            Phase.RED,
            make_outcome(test="100 == 119", other=""),
            f"{OTHER} fails",
            id="too many failures",
        ),
        pytest.param(Phase.GREEN, make_outcome(test="no"), f"{TEST} fails", id="green is red"),
        pytest.param(Phase.GREEN, make_outcome(ran=()), "no test runs", id="nothing ran"),
        pytest.param(Phase.GREEN, make_outcome(timed_out=True), "take longer than", id="a hang"),
    ],
)
def test_reports_a_run_that_is_not_as_predicted(
    phase: Phase, outcome: Outcome, message: str
) -> None:
    """A red step is not proven by any failure: the test and its message must be the predicted."""
    assert message in kata.mismatch(make_step(phase), outcome)


@pytest.fixture
def two_steps(mocker: MockerFixture, tmp_path: Path) -> Path:
    """Replay a kata of two steps without git, copies and runs: every test passes."""
    steps = [make_step(Phase.REFACTOR), replace(make_step(), number=2, title="Rounded")]
    mocker.patch.object(kata, "read_all", autospec=True, return_value=steps)
    mocker.patch.object(kata, "_copy", autospec=True)
    mocker.patch.object(kata, "_apply", autospec=True)
    mocker.patch("signal.signal", autospec=True)
    mocker.patch("lab.layers.run", autospec=True, return_value=make_outcome())
    return tmp_path


def exit_code(*arguments: str) -> object:
    """Return the exit code of the command with these arguments."""
    with pytest.raises(SystemExit) as exited:
        kata.main(arguments)
    return exited.value.code


@pytest.mark.usefixtures("two_steps")
def test_stops_at_the_first_step_that_is_not_as_predicted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code is 1, and the end of the test output precedes the explanation."""
    assert exit_code() == 1
    expected = f"the log\n\nStep 2 is not as predicted: {TEST} does not fail"
    assert expected in capsys.readouterr().out


@pytest.mark.usefixtures("two_steps")
def test_shows_one_step(capsys: pytest.CaptureFixture[str]) -> None:
    """The story and the diff precede the test output of the step."""
    assert exit_code("1") == 0
    assert capsys.readouterr().out.splitlines()[:3] == ["REFACTOR: So.", "", "the diff"]


@pytest.mark.usefixtures("two_steps")
def test_runs_only_the_step_that_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The steps before it are applied, but their tests are not run again."""
    exit_code("2")

    assert capsys.readouterr().out.startswith("RED: So.")


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("step", ["0", "3", "x"])
def test_refuses_a_step_that_does_not_exist(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The error is one line on stderr, and the exit code 2."""
    assert exit_code(step) == 2
    assert capsys.readouterr().err == f"There is no step {step}. The steps are 1 to 2.\n"


def test_keeps_an_existing_folder(two_steps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--keep` refuses a folder that exists, so that a reader's work is never overwritten."""
    assert exit_code("--keep", str(two_steps)) == 2
    assert capsys.readouterr().err == f"There is already a {two_steps}.\n"
