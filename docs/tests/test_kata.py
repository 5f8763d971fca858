"""The kata: what its steps may be, and when a step is what it says."""

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
why: Prices with tax are what people pay.
tests: tests/test_prices.py
fails: {TEST}
says: 119 == 100
"""


def write(folder: Path, name: str, *, file: str = "", header: str = HEADER) -> Path:
    """Write a step that changes one file, by default one that its phase may change."""
    file = file or ("tests/test_prices.py" if "red" in name else "app/prices.py")
    path = folder / f"{name}.patch"
    diff = f"--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-a\n+b\n"
    path.write_text(f"{header}\n{diff}", encoding="utf-8")
    return path


def make_step(phase: Phase = Phase.RED) -> Step:
    """Return a step; in red it predicts that TEST fails."""
    fails = {TEST: "119 == 100"} if phase is Phase.RED else {}
    tests = ["tests/test_prices.py"]
    return Step(Path("a.patch"), 1, phase, "The tax is added", "So.", tests, fails, "the diff")


def make_outcome(
    *, timed_out: bool = False, ran: tuple[str, ...] = (TEST, OTHER), **said: str
) -> Outcome:
    """Return how the tests ended; `said` has the words of those that failed."""
    names = {"test": TEST, "other": OTHER}
    failures = [Failure(names[name], "", words) for name, words in said.items()]
    return Outcome(dict.fromkeys(ran, 0.1), failures, [], timed_out, 0.3, "the log\n")


def test_reads_the_steps_in_order(tmp_path: Path) -> None:
    """The number in its name is a step's place, and what red predicts stands in its header."""
    for name in ("02-green-tax", "01-red-tax", "03-refactor-tax"):
        write(tmp_path, name)

    steps = read_all(tmp_path)

    assert [step.phase for step in steps] == [Phase.RED, Phase.GREEN, Phase.REFACTOR]
    assert steps[0].fails == {TEST: "119 == 100"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        pytest.param(
            ["02-refactor-tax"], "02-refactor-tax.patch: step 1 should come here", id="a gap"
        ),
        pytest.param(["01-blue-tax"], "its name is not made like", id="another colour"),
        pytest.param(["01-red-tax"], "no green step follows it", id="red at the end"),
        pytest.param(["01-red-tax", "02-red-more"], "no green step follows it", id="red twice"),
        pytest.param(["01-green-tax"], "no red step goes before it", id="green first"),
    ],
)
def test_refuses_steps_out_of_turn(tmp_path: Path, names: list[str], message: str) -> None:
    """Numbers have no gap, and to each red step belongs the green one that follows it."""
    for name in names:
        write(tmp_path, name)

    with pytest.raises(ToolError, match=message):
        read_all(tmp_path)


@pytest.mark.parametrize("field", ["title", "why", "tests", "fails", "says"])
def test_demands_every_field_of_a_step(tmp_path: Path, field: str) -> None:
    """A header that lacks a field is refused, with the field's name."""
    write(tmp_path, "01-red-tax", header=HEADER.replace(f"{field}:", f"no-{field}:"))

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
def test_refuses_a_change_in_the_wrong_place(tmp_path: Path, name: str, file: str) -> None:
    """Red is for tests, green for the service, a refactoring for either."""
    write(tmp_path, name, file=file)

    with pytest.raises(ToolError, match=f"it changes {file}, and "):
        read_all(tmp_path)


def test_the_kata_of_the_guide_has_no_flaw() -> None:
    """Each step of docs/kata is made as it should be, and the first one is red."""
    assert Phase.RED is read_all()[0].phase


@pytest.mark.parametrize(
    ("phase", "outcome"),
    [
        pytest.param(Phase.RED, make_outcome(test="assert 119 == 100"), id="red"),
        pytest.param(Phase.GREEN, make_outcome(), id="green"),
        pytest.param(Phase.REFACTOR, make_outcome(), id="refactor"),
    ],
)
def test_a_step_is_what_it_says(phase: Phase, outcome: Outcome) -> None:
    """Red fails in the test that it names, with the words that it predicts; the others pass."""
    assert not kata.flaw(make_step(phase), outcome)


@pytest.mark.parametrize(
    ("phase", "outcome", "flaw"),
    [
        pytest.param(Phase.RED, make_outcome(), f"{TEST} does not fail", id="red is green"),
        pytest.param(
            Phase.RED, make_outcome(test="no app"), "does not fail with “119", id="other words"
        ),
        pytest.param(
            Phase.RED,
            make_outcome(test="119 == 100", other=""),
            f"{OTHER} fails",
            id="too much red",
        ),
        pytest.param(Phase.GREEN, make_outcome(test="no"), f"{TEST} fails", id="green is red"),
        pytest.param(Phase.GREEN, make_outcome(ran=()), "no test runs", id="nothing ran"),
        pytest.param(
            Phase.GREEN, make_outcome(timed_out=True), "do not come to an end", id="a hang"
        ),
    ],
)
def test_a_step_is_not_what_it_says(phase: Phase, outcome: Outcome, flaw: str) -> None:
    """A step that shows anything else than what it predicts is told of."""
    assert flaw in kata.flaw(make_step(phase), outcome)


@pytest.fixture
def walk(mocker: MockerFixture, tmp_path: Path) -> Path:
    """Let a kata of two steps be walked without git, copies and runs: every test passes."""
    steps = [make_step(Phase.REFACTOR), replace(make_step(), number=2, title="Rounded")]
    mocker.patch.object(kata, "read_all", autospec=True, return_value=steps)
    mocker.patch.object(kata, "_copy", autospec=True)
    mocker.patch.object(kata, "_apply", autospec=True)
    mocker.patch("signal.signal", autospec=True)
    mocker.patch("lab.layers.run", autospec=True, return_value=make_outcome())
    return tmp_path


def exit_code(*arguments: str) -> object:
    """Return the exit code of the command with these arguments."""
    with pytest.raises(SystemExit) as ended:
        kata.main(arguments)
    return ended.value.code


@pytest.mark.usefixtures("walk")
def test_ends_at_the_first_step_that_is_not_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code is then 1, and the step is named, with the end of what its tests printed."""
    assert exit_code() == 1
    assert f"the log\n\nStep 2 is not what it says: {TEST} does not fail" in capsys.readouterr().out


@pytest.mark.usefixtures("walk")
def test_shows_one_step(capsys: pytest.CaptureFixture[str]) -> None:
    """A step that is asked for is shown with its reason, its diff and its run; no other is run."""
    assert exit_code("1") == 0
    assert capsys.readouterr().out.splitlines()[:3] == ["REFACTOR: So.", "", "the diff"]


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("step", ["0", "3", "x"])
def test_a_step_that_is_not_there_is_one_line(
    step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong number is one line, and the exit code 2."""
    assert exit_code(step) == 2
    assert capsys.readouterr().err == f"There is no step {step}, but 1 to 2.\n"


def test_writes_over_no_folder(walk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person has in a folder stays: the copy needs a new one."""
    assert exit_code("--keep", str(walk)) == 2
    assert capsys.readouterr().err == f"There is a {walk} already.\n"
