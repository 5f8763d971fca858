from collections.abc import Callable
from pathlib import Path

import pytest

from lab.baseline import Layer
from lab.catalogue import Kind, Patch
from lab.experiment import GROUP, Experiment, Plan
from lab.layers import Outcome
from lab.results import Cell, Verdict
from lab.tests.factories import (
    BREAKS,
    FAILS,
    HANGS,
    TEST,
    make_baseline,
    make_cell,
    make_outcome,
    make_patch,
)
from lab.tests.fake_sandboxes import FakeSandboxes, Names

UNIT = Layer("unit", "tests/unit", in_browser=False)
GREEN = make_outcome()
FAILS_AND_HANGS = make_outcome(failures=FAILS.failures, timed_out=True)
FILES = [f"app/{number}.py" for number in range(GROUP + 1)]
REACHED = make_baseline(lines={file: {"1": [""], "2": [TEST]} for file in FILES})
UNREACHED = make_baseline(lines={file: {"1": [""]} for file in FILES})
# Each changes a file of its own.
FAULTS = [make_patch(f"fault-{file[4]}", files=frozenset({file})) for file in FILES]
NAMES = [fault.name for fault in FAULTS]
FAULT = FAULTS[0]
REFACTORING = make_patch("same", Kind.REFACTORING, files=frozenset(FILES[:1]))


@pytest.fixture
def sandboxes(tmp_path: Path) -> FakeSandboxes:
    """Every test passes, and executes every fault."""
    return FakeSandboxes(tmp_path, REACHED, lambda _: GREEN)


def red_with(*names: str) -> Callable[[Names], Outcome]:
    """Let a run fail if it has one of these patches."""
    return lambda patches: FAILS if patches & set(names) else GREEN


def ending(*outcomes: Outcome) -> Callable[[Names], Outcome]:
    """Let one run after the other have these outcomes."""
    rest = iter(outcomes)
    return lambda _: next(rest)


def tried(
    sandboxes: FakeSandboxes, patches: list[Patch], *record: Cell, exhaustive: bool = False
) -> list[Cell]:
    """Try the patches on the unit layer, with these cells in the record."""
    plan = Plan(patches, [UNIT], {cell.key: cell for cell in record}, exhaustive=exhaustive)
    return Experiment(plan, sandboxes, lambda _: None).run(lambda _: None).cells


@pytest.mark.parametrize(
    ("outcome", "patch", "verdict"),
    [
        pytest.param(FAILS, FAULT, Verdict.CAUGHT, id="fails"),
        pytest.param(BREAKS, FAULT, Verdict.BROKE, id="breaks"),
        pytest.param(make_outcome(tests={}), FAULT, Verdict.BROKE, id="no test runs"),
        pytest.param(HANGS, FAULT, Verdict.TIMED_OUT, id="hangs"),
        pytest.param(FAILS_AND_HANGS, FAULT, Verdict.CAUGHT, id="fails, then hangs"),
        pytest.param(GREEN, FAULT, Verdict.UNNOTICED, id="passes"),
        pytest.param(FAILS, REFACTORING, Verdict.FALSE_ALARM, id="refactoring fails"),
        pytest.param(GREEN, REFACTORING, Verdict.ACCEPTED, id="refactoring passes"),
    ],
)
def test_turns_an_outcome_into_a_verdict(
    outcome: Outcome, patch: Patch, verdict: Verdict, sandboxes: FakeSandboxes
) -> None:
    """For a fault every red run counts as seen; for a refactoring it is a false alarm."""
    sandboxes.outcome = lambda _: outcome

    [cell] = tried(sandboxes, [patch])

    assert cell.verdict == verdict


def test_runs_no_test_for_a_fault_that_none_executes(sandboxes: FakeSandboxes) -> None:
    """The verdict follows from the baseline alone."""
    sandboxes.known = UNREACHED

    [cell] = tried(sandboxes, [FAULT])

    assert cell.verdict == Verdict.UNREACHED
    assert sandboxes.tried == []


def test_an_exhaustive_run_leaves_nothing_out(sandboxes: FakeSandboxes) -> None:
    """Each patch is tried alone with every test, and no run stops at the first failure."""
    sandboxes.known = UNREACHED

    cells = tried(sandboxes, FAULTS[:2], exhaustive=True)

    assert [cell.verdict for cell in cells] == [Verdict.UNREACHED] * 2
    assert [spec.stops for spec in sandboxes.specs] == [False, False]
    assert [spec.skipped for spec in sandboxes.specs] == [[], []]


def test_groups_the_faults_that_it_expects_to_miss(sandboxes: FakeSandboxes) -> None:
    """A green run misses every fault of its group, and each gets its share of the seconds."""
    cells = tried(sandboxes, FAULTS)

    assert sandboxes.tried == [frozenset(NAMES[:GROUP]), frozenset(NAMES[GROUP:])]
    assert [cell.seconds for cell in cells] == [1 / GROUP] * GROUP + [1]


def test_does_not_group_faults_that_change_the_same_file(sandboxes: FakeSandboxes) -> None:
    """Two patches of the same file may not apply together."""
    tried(sandboxes, [FAULT, make_patch("other", files=FAULT.files | FAULTS[1].files), FAULTS[1]])

    assert sandboxes.tried == [{FAULT.name, NAMES[1]}, {"other"}]


def test_tries_a_fault_alone_if_it_expects_to_see_it(sandboxes: FakeSandboxes) -> None:
    """The record decides what to expect or, for a new fault, the prediction."""
    predicted = make_patch("seen", files=frozenset(FILES[3:4]), predicted=frozenset({"unit"}))
    recorded = [
        make_cell(NAMES[0], "unit", Verdict.CAUGHT),
        make_cell(NAMES[1], "unit", Verdict.UNNOTICED),
    ]
    sandboxes.outcome = red_with(NAMES[0])

    tried(sandboxes, [*FAULTS[:3], predicted], *recorded)

    assert sandboxes.tried == [{NAMES[1], NAMES[2]}, {NAMES[0]}, {"seen"}]


def test_repeats_the_failed_test_with_each_fault_of_a_red_group(sandboxes: FakeSandboxes) -> None:
    """That test finds the cause; the other faults are tried together again."""
    sandboxes.outcome = red_with(NAMES[2])

    cells = tried(sandboxes, FAULTS[:4])

    others = {NAMES[0], NAMES[1], NAMES[3]}
    assert sandboxes.tried == [set(NAMES[:4]), *({name} for name in NAMES[:4]), others]
    assert {cell.patch for cell in cells if cell.verdict == Verdict.CAUGHT} == {NAMES[2]}


def test_halves_a_red_group_in_which_no_test_failed(sandboxes: FakeSandboxes) -> None:
    """If the layer breaks, no test can be repeated: the cause is found by halving."""
    sandboxes.outcome = lambda names: BREAKS if NAMES[2] in names else GREEN

    cells = tried(sandboxes, FAULTS[:4])

    halves = [set(NAMES[:4]), set(NAMES[:2]), set(NAMES[2:4])]
    assert sandboxes.tried == [*halves, {NAMES[2]}, {NAMES[2]}, {NAMES[3]}]
    assert {cell.patch for cell in cells if cell.verdict == Verdict.BROKE} == {NAMES[2]}


@pytest.mark.parametrize("record", [[make_cell(FAULT.name, "unit", Verdict.UNNOTICED)], []])
@pytest.mark.parametrize(
    ("second", "verdict"),
    [(FAILS, Verdict.CAUGHT), (GREEN, Verdict.UNSTABLE)],
    ids=["red again", "green"],
)
def test_an_unexpected_red_must_be_seen_twice(
    second: Outcome, verdict: Verdict, record: list[Cell], sandboxes: FakeSandboxes
) -> None:
    """If the second run is green, the verdict is unstable: a flaky test catches nothing."""
    sandboxes.outcome = ending(FAILS, second)

    [cell] = tried(sandboxes, [FAULT], *record)

    assert cell.verdict == verdict
    assert len(sandboxes.tried) == 2


@pytest.mark.parametrize(
    ("second", "verdict"),
    [(FAILS, Verdict.CAUGHT), (GREEN, Verdict.UNNOTICED)],
    ids=["red", "green"],
)
def test_a_green_that_contradicts_the_record_is_repeated_with_every_test(
    second: Outcome, verdict: Verdict, sandboxes: FakeSandboxes
) -> None:
    """What a test sees may depend on those before it, so all run in their own order."""
    other = "tests/a.py::test_a"
    sandboxes.known = make_baseline(tests={TEST: 1.0, other: 1.0}, lines=REACHED.lines)
    sandboxes.outcome = ending(GREEN, second)

    recorded = make_cell(FAULT.name, "unit", Verdict.CAUGHT, caught_by=[TEST])

    [cell] = tried(sandboxes, [FAULT], recorded)

    assert cell.verdict == verdict
    assert [spec.first for spec in sandboxes.specs] == [[TEST], []]
    assert [spec.skipped for spec in sandboxes.specs] == [[other], []]


def test_begins_with_the_test_that_caught_the_fault_last_time(sandboxes: FakeSandboxes) -> None:
    """The file with the quickest tests is next; tests that cannot notice are left out."""
    slow, quick, idle = "tests/a.py::test_a", "tests/b.py::test_b", "tests/b.py::test_c"
    sandboxes.known = make_baseline(
        tests={slow: 2.0, quick: 0.1, idle: 0.1}, lines={FILES[0]: {"2": [slow, quick]}}
    )

    tried(sandboxes, [FAULT], make_cell(FAULT.name, "unit", Verdict.UNNOTICED, caught_by=[slow]))

    [spec] = sandboxes.specs
    assert spec.first == [slow]
    assert spec.skipped == [idle]
    assert spec.stops
    assert spec.targets == ["tests/b.py", "tests/a.py"]


def test_a_run_may_take_longer_if_its_tests_take_longer(sandboxes: FakeSandboxes) -> None:
    """Two minutes, and five times the seconds of the selected tests and of pytest's start."""
    sandboxes.known = make_baseline(tests={TEST: 100.0}, duration=120.0, lines=REACHED.lines)

    tried(sandboxes, [FAULT])

    [spec] = sandboxes.specs
    assert spec.seconds == 120 + 5 * 120
    assert spec.test_seconds == 120 + 5 * 100
