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
from lab.tests.fake_sandboxes import FakeWorkshop, Names

UNIT = Layer("unit", "tests/unit", in_browser=False)
GREEN = make_outcome()
FILES = [f"app/{number}.py" for number in range(GROUP + 1)]
REACHED = make_baseline(lines={file: {"1": [""], "2": [TEST]} for file in FILES})
UNREACHED = make_baseline(lines={file: {"1": [""]} for file in FILES})
# Each changes a file of its own.
FAULTS = [make_patch(f"fault-{file[4]}", files=frozenset({file})) for file in FILES]
NAMES = [fault.name for fault in FAULTS]
FAULT, REFACTORING = (
    FAULTS[0],
    make_patch("same", kind=Kind.REFACTORING, files=frozenset(FILES[:1])),
)


@pytest.fixture
def workshop(tmp_path: Path) -> FakeWorkshop:
    """Return one in which every test passes, and each fault is executed."""
    return FakeWorkshop(tmp_path, REACHED, lambda _: GREEN)


def red_with(*names: str) -> Callable[[Names], Outcome]:
    """Let runs fail in which one of these patches is."""
    return lambda patches: FAILS if patches & set(names) else GREEN


def ending(*outcomes: Outcome) -> Callable[[Names], Outcome]:
    """Let runs end like this, one after the other."""
    rest = iter(outcomes)
    return lambda _: next(rest)


def tried(
    workshop: FakeWorkshop, patches: list[Patch], *record: Cell, exhaustive: bool = False
) -> list[Cell]:
    """Try the patches on the unit layer, of which this is recorded."""
    plan = Plan(patches, [UNIT], {cell.key: cell for cell in record}, exhaustive=exhaustive)
    return Experiment(plan, workshop, lambda _: None).run(lambda _: None).cells


@pytest.mark.parametrize(
    ("outcome", "patch", "verdict"),
    [
        pytest.param(FAILS, FAULT, Verdict.CAUGHT, id="fails"),
        pytest.param(BREAKS, FAULT, Verdict.BROKE, id="breaks"),
        pytest.param(make_outcome(tests={}), FAULT, Verdict.BROKE, id="no test runs"),
        pytest.param(HANGS, FAULT, Verdict.TIMED_OUT, id="hangs"),
        pytest.param(GREEN, FAULT, Verdict.UNNOTICED, id="passes"),
        pytest.param(FAILS, REFACTORING, Verdict.FALSE_ALARM, id="refactoring fails"),
        pytest.param(BREAKS, REFACTORING, Verdict.FALSE_ALARM, id="refactoring breaks"),
        pytest.param(GREEN, REFACTORING, Verdict.ACCEPTED, id="refactoring passes"),
    ],
)
def test_judges_by_what_the_tests_do(
    outcome: Outcome, patch: Patch, verdict: Verdict, workshop: FakeWorkshop
) -> None:
    """A verdict says what became of the run, and of a refactoring whether it was let be."""
    workshop.outcome = lambda _: outcome

    [cell] = tried(workshop, [patch])

    assert cell.verdict == verdict


def test_a_test_that_fails_tells_more_than_the_end_of_time(workshop: FakeWorkshop) -> None:
    """A run that was ended late has caught the fault if a test had failed by then."""
    workshop.outcome = lambda _: make_outcome(failures=FAILS.failures, timed_out=True)

    [cell] = tried(workshop, [FAULT])

    assert cell.verdict == Verdict.CAUGHT
    assert cell.caught_by == [TEST]


def test_runs_nothing_for_a_fault_that_no_test_reaches(workshop: FakeWorkshop) -> None:
    """Where no test executes the function, the verdict is known without a run."""
    workshop.known = UNREACHED

    [cell] = tried(workshop, [FAULT])

    assert cell.verdict == Verdict.UNREACHED
    assert workshop.tried == []


def test_runs_everything_when_it_is_exhaustive(workshop: FakeWorkshop) -> None:
    """Then each patch is tried alone, whatever it reaches, and no run stops early."""
    workshop.known = UNREACHED

    cells = tried(workshop, FAULTS[:2], exhaustive=True)

    assert [cell.verdict for cell in cells] == [Verdict.UNREACHED] * 2
    assert [(order.stops, order.skipped) for order in workshop.orders] == [(False, []), (False, [])]


def test_tries_what_it_expects_to_miss_together(workshop: FakeWorkshop) -> None:
    """A green run with several faults in it has missed each; what it took is shared out."""
    cells = tried(workshop, FAULTS)

    assert workshop.tried == [frozenset(NAMES[:GROUP]), frozenset(NAMES[GROUP:])]
    assert [cell.seconds for cell in cells] == [1 / GROUP] * GROUP + [1]


def test_tries_faults_of_one_file_apart(workshop: FakeWorkshop) -> None:
    """Two patches of one file might not apply together."""
    tried(workshop, [FAULT, make_patch("other", files=FAULT.files | FAULTS[1].files), FAULTS[1]])

    assert workshop.tried == [{FAULT.name, NAMES[1]}, {"other"}]


def test_tries_a_fault_alone_that_it_expects_to_see(workshop: FakeWorkshop) -> None:
    """The record says what to expect or, where there is none, the prediction."""
    predicted = make_patch("seen", files=frozenset(FILES[3:4]), predicted=frozenset({"unit"}))
    recorded = [
        make_cell(NAMES[0], "unit", Verdict.CAUGHT),
        make_cell(NAMES[1], "unit", Verdict.UNNOTICED),
    ]
    workshop.outcome = red_with(NAMES[0])

    tried(workshop, [*FAULTS[:3], predicted], *recorded)

    assert workshop.tried == [{NAMES[1], NAMES[2]}, {NAMES[0]}, {"seen"}]


def test_asks_each_of_a_red_group_for_the_test_that_failed(workshop: FakeWorkshop) -> None:
    """That test alone tells who of the group it was; the others are tried together again."""
    workshop.outcome = red_with(NAMES[2])

    cells = tried(workshop, FAULTS[:4])

    innocent = {NAMES[0], NAMES[1], NAMES[3]}
    assert workshop.tried == [set(NAMES[:4]), *({name} for name in NAMES[:4]), innocent]
    assert {cell.patch for cell in cells if cell.verdict == Verdict.CAUGHT} == {NAMES[2]}


def test_halves_a_red_group_in_which_no_test_tells(workshop: FakeWorkshop) -> None:
    """Where the layer breaks, the one that broke it is found by leaving out the others."""
    workshop.outcome = lambda names: BREAKS if NAMES[2] in names else GREEN

    cells = tried(workshop, FAULTS[:4])

    halves = [set(NAMES[:4]), set(NAMES[:2]), set(NAMES[2:4])]
    assert workshop.tried == [*halves, {NAMES[2]}, {NAMES[2]}, {NAMES[3]}]
    assert {cell.patch for cell in cells if cell.verdict == Verdict.BROKE} == {NAMES[2]}


@pytest.mark.parametrize(
    "record", [[make_cell(FAULT.name, "unit", Verdict.UNNOTICED)], []], ids=len
)
@pytest.mark.parametrize(
    ("second", "verdict"),
    [(FAILS, Verdict.CAUGHT), (GREEN, Verdict.UNSTABLE)],
    ids=["lasts", "not"],
)
def test_a_new_red_counts_when_it_is_seen_twice(
    second: Outcome, verdict: Verdict, record: list[Cell], workshop: FakeWorkshop
) -> None:
    """A test that fails now and then catches nothing."""
    workshop.outcome = ending(FAILS, second)

    [cell] = tried(workshop, [FAULT], *record)

    assert cell.verdict == verdict
    assert len(workshop.tried) == 2


@pytest.mark.parametrize(
    ("second", "verdict"),
    [(FAILS, Verdict.CAUGHT), (GREEN, Verdict.UNNOTICED)],
    ids=["red", "green"],
)
def test_a_green_that_contradicts_the_record_is_tried_the_long_way(
    second: Outcome, verdict: Verdict, workshop: FakeWorkshop
) -> None:
    """What a test sees may depend on others before it: all run, in their own order."""
    other = "tests/a.py::test_a"
    workshop.known = make_baseline(tests={TEST: 1.0, other: 1.0}, lines=REACHED.lines)
    workshop.outcome = ending(GREEN, second)

    [cell] = tried(
        workshop, [FAULT], make_cell(FAULT.name, "unit", Verdict.CAUGHT, caught_by=[TEST])
    )

    assert cell.verdict == verdict
    assert [(run.first, run.skipped) for run in workshop.orders] == [([TEST], [other]), ([], [])]


def test_tries_once_what_is_as_recorded(workshop: FakeWorkshop) -> None:
    """What is as expected needs no second look."""
    workshop.outcome = ending(FAILS)

    tried(workshop, [FAULT], make_cell(FAULT.name, "unit", Verdict.CAUGHT))

    assert len(workshop.tried) == 1


def test_begins_with_the_test_that_told_last_time(workshop: FakeWorkshop) -> None:
    """Then with the file whose tests are quickest; tests that cannot tell are left out."""
    slow, quick, idle = "tests/a.py::test_a", "tests/b.py::test_b", "tests/b.py::test_c"
    workshop.known = make_baseline(
        tests={slow: 2.0, quick: 0.1, idle: 0.1}, lines={FILES[0]: {"2": [slow, quick]}}
    )

    tried(workshop, [FAULT], make_cell(FAULT.name, "unit", Verdict.UNNOTICED, caught_by=[slow]))

    [order] = workshop.orders
    assert order.first == [slow]
    assert order.skipped == [idle]
    assert order.stops
    assert order.targets == ["tests/b.py", "tests/a.py"]


def test_gives_a_run_longer_when_its_tests_take_longer(workshop: FakeWorkshop) -> None:
    """A minute, and three times what the tests took without a fault."""
    workshop.known = make_baseline(tests={TEST: 100.0}, lines=REACHED.lines)

    tried(workshop, [FAULT])

    assert workshop.orders[0].seconds == 360
