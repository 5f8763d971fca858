import pytest

from lab.analysis import Analysis, Predictions, Share, analyse
from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.factories import Verdicts, make_cells, make_patch, make_report, make_results
from tools.common import LAYERS

LOUD = make_patch("loud", predicted=frozenset({"unit", "e2e"}))
BROKEN_SQL = make_patch("broken-sql", predicted=frozenset({"unit"}))
LOST_BUTTON = make_patch("lost-button")
QUIET = make_patch("quiet", predicted=frozenset({"e2e"}))
VERDICTS: Verdicts = {
    LOUD: (Verdict.CAUGHT, Verdict.BROKE, Verdict.TIMED_OUT),
    BROKEN_SQL: (Verdict.UNREACHED, Verdict.CAUGHT, Verdict.UNNOTICED),
    LOST_BUTTON: (Verdict.UNREACHED, Verdict.UNREACHED, Verdict.CAUGHT),
    QUIET: (Verdict.UNNOTICED, Verdict.UNNOTICED, Verdict.UNNOTICED),
    make_patch("same", Kind.REFACTORING): (Verdict.ACCEPTED,) * 3,
    make_patch("other-words", Kind.REFACTORING): (
        Verdict.FALSE_ALARM,
        Verdict.ACCEPTED,
        Verdict.FALSE_ALARM,
    ),
}
EVERYWHERE, NOWHERE = (Verdict.CAUGHT,) * 3, (Verdict.UNNOTICED,) * 3


def analysed(changes: Verdicts | None = None, first: Verdicts | None = None) -> Analysis:
    """Analyse the verdicts, of which `changes` replace some, beside those of the first run."""
    verdicts = {**VERDICTS, **(changes or {})}
    return make_report(verdicts, first={**VERDICTS, **(first or {})}).analysis


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        pytest.param(20, 20, 0.8389, 1, id="everything, the mirror of nothing"),
        pytest.param(0, 0, 0, 1, id="without a single case"),
    ],
)
def test_computes_the_wilson_score_interval(
    count: int, total: int, low: float, high: float
) -> None:
    """The first examples are those of Newcombe (Statistics in Medicine 17, 1998), method 3."""
    assert Share(count, total).interval == pytest.approx((low, high), abs=5e-5)


def test_a_layer_sees_a_fault_if_it_goes_red() -> None:
    """A run that breaks or times out counts like a test that fails."""
    assert [layer.seen for layer in analysed().layers] == [Share(1, 4), Share(2, 4), Share(2, 4)]


def test_counts_both_kinds_of_misses() -> None:
    """A fault that is executed and not noticed says more about a layer than one that is not."""
    layers = analysed().layers

    assert [layer.unnoticed for layer in layers] == [1, 1, 2]
    assert [layer.unreached for layer in layers] == [2, 1, 0]


def test_counts_false_alarms_among_the_refactorings() -> None:
    """A refactoring is not a fault, and is counted separately."""
    alarms = [layer.false_alarms for layer in analysed().layers]

    assert alarms == [Share(1, 2), Share(0, 2), Share(1, 2)]


def test_lists_the_faults_that_one_layer_alone_sees() -> None:
    """Without this layer, all layers would miss these faults."""
    only = {layer.name: layer.only_here for layer in analysed().layers}

    assert only == {"unit": [], "integration": ["broken-sql"], "e2e": ["lost-button"]}


@pytest.mark.parametrize(
    ("layer", "hits", "misses", "surprises"),
    [("unit", 1, 1, 1), ("integration", 0, 0, 2), ("e2e", 2, 0, 2)],
)
def test_scores_the_predictions_by_the_first_run(
    layer: str, hits: int, misses: int, surprises: int
) -> None:
    """They must not profit from tests that were added since. A false alarm is a surprise too."""
    first = {QUIET: (Verdict.UNNOTICED, Verdict.UNNOTICED, Verdict.CAUGHT)}

    predictions = analysed(first=first).predictions[layer]

    assert predictions == Predictions(hits, misses, surprises, total=6)
    assert predictions.right == Share(6 - misses - surprises, 6)


def test_combines_layers() -> None:
    """A set sees what any of its layers sees, and costs the sum of their seconds."""
    [both] = [some for some in analysed().sets if some.layers == ("unit", "e2e")]

    assert both.seen == Share(2, 4)
    assert both.false_alarms == Share(1, 2)
    assert both.seconds == 65.0


def test_finds_the_cheapest_set_that_misses_nothing() -> None:
    """A layer that adds no fault is left out; three layers form seven sets."""
    analysis = analysed()

    assert analysis.cheapest.layers == ("integration", "e2e")
    assert len({frozenset(some.layers) for some in analysis.sets}) == 7


def test_compares_today_with_the_first_run() -> None:
    """The figures of the first run do not depend on today's verdicts."""
    analysis = analysed(first={QUIET: EVERYWHERE, LOST_BUTTON: NOWHERE})

    assert [layer.first for layer in analysis.layers] == [Share(2, 4), Share(3, 4), Share(2, 4)]
    assert analysis.missed_by_all == ["quiet"]
    assert analysis.missed_at_first == ["lost-button"]


def test_an_unstable_verdict_does_not_count_as_seen() -> None:
    """The fault is listed, and counts for no layer."""
    analysis = analysed({LOUD: (Verdict.UNSTABLE,) * 3})

    assert analysis.unstable == ["loud"]
    assert analysis.missed_by_all == ["loud", "quiet"]


def test_leaves_out_faults_that_were_not_tried() -> None:
    """A fault that was added later is not a miss."""
    found = make_results(make_cells(VERDICTS), *LAYERS)

    analysis = analyse(found, [*VERDICTS, make_patch("new")], {}, {})

    assert [layer.seen.total for layer in analysis.layers] == [4, 4, 4]


@pytest.mark.parametrize(
    ("changes", "seconds"), [({}, [5.0, 20.0, 30.0]), ({LOUD: NOWHERE}, [None, 40.0, 60.0])]
)
def test_computes_the_seconds_per_fault(changes: Verdicts, seconds: list[float | None]) -> None:
    """The duration of a run is divided by the number of faults seen; without any, it is None."""
    layers = analysed(changes).layers

    assert [layer.seconds_per_fault for layer in layers] == seconds
