import pytest

from lab.analysis import Predictions, Share, analyse
from lab.catalogue import Kind
from lab.results import Cell, Verdict
from lab.tests.factories import make_cell, make_patch, make_run

CATALOGUE = [
    make_patch("loud", predicted=frozenset({"unit", "e2e"})),
    make_patch("broken-sql", predicted=frozenset({"unit"})),
    make_patch("lost-button"),
    make_patch("quiet", predicted=frozenset({"e2e"})),
    make_patch("same", kind=Kind.REFACTORING),
    make_patch("other-words", kind=Kind.REFACTORING),
]
VERDICTS = {
    "loud": (Verdict.CAUGHT, Verdict.BROKE, Verdict.TIMED_OUT),
    "broken-sql": (Verdict.UNREACHED, Verdict.CAUGHT, Verdict.UNNOTICED),
    "lost-button": (Verdict.UNREACHED, Verdict.UNREACHED, Verdict.CAUGHT),
    "quiet": (Verdict.UNNOTICED, Verdict.UNNOTICED, Verdict.UNNOTICED),
    "same": (Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ACCEPTED),
    "other-words": (Verdict.FALSE_ALARM, Verdict.ACCEPTED, Verdict.FALSE_ALARM),
}
SECONDS = {"unit": 1.0, "integration": 10.0, "e2e": 100.0}


def cells(**changes: tuple[Verdict, ...]) -> list[Cell]:
    """Return a cell for each patch and layer; `changes` are by name, with underscores."""
    verdicts = VERDICTS | {name.replace("_", "-"): cell for name, cell in changes.items()}
    return [
        make_cell(patch.name, layer, verdict, kind=patch.kind)
        for patch in CATALOGUE
        for layer, verdict in zip(SECONDS, verdicts[patch.name], strict=True)
    ]


FOUND = make_run(cells(), **SECONDS)
ANALYSIS = analyse(FOUND, CATALOGUE, {cell.key: cell for cell in cells()}, {"unit": Share(0, 9)})
REPORTS = {layer.name: layer for layer in ANALYSIS.layers}


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_computes_the_wilson_score_interval(
    count: int, total: int, low: float, high: float
) -> None:
    """The examples are those of Newcombe (Statistics in Medicine 17, 1998), method 3."""
    assert Share(count, total).interval == pytest.approx((low, high), abs=5e-5)


def test_an_interval_ends_at_one_if_everything_is_seen() -> None:
    """It mirrors the interval of none of twenty."""
    interval = Share(20, 20).interval

    assert interval == pytest.approx((0.8389, 1), abs=5e-5)


def test_a_share_of_nothing_may_be_anything() -> None:
    """Without a single case the rate is 0, and its interval is from 0 to 1."""
    share = Share(0, 0)

    assert share.rate == 0.0
    assert share.interval == (0.0, 1.0)


@pytest.mark.parametrize(("layer", "seen"), [("unit", 1), ("integration", 2), ("e2e", 2)])
def test_a_layer_sees_a_fault_if_it_goes_red(layer: str, seen: int) -> None:
    """A run that breaks or times out counts like a test that fails."""
    assert REPORTS[layer].seen == Share(seen, 4)


@pytest.mark.parametrize(
    ("layer", "unnoticed", "unreached"), [("unit", 1, 2), ("integration", 1, 1), ("e2e", 2, 0)]
)
def test_counts_both_kinds_of_misses(layer: str, unnoticed: int, unreached: int) -> None:
    """A fault that is executed and not noticed says more about a layer than one that is not."""
    report = REPORTS[layer]

    assert report.unnoticed == unnoticed
    assert report.unreached == unreached


@pytest.mark.parametrize(("layer", "alarms"), [("unit", 1), ("integration", 0), ("e2e", 1)])
def test_counts_false_alarms_among_the_refactorings(layer: str, alarms: int) -> None:
    """A refactoring is not a fault, and is counted separately."""
    assert REPORTS[layer].false_alarms == Share(alarms, 2)


@pytest.mark.parametrize(
    ("layer", "faults"), [("unit", []), ("integration", ["broken-sql"]), ("e2e", ["lost-button"])]
)
def test_lists_the_faults_that_one_layer_alone_sees(layer: str, faults: list[str]) -> None:
    """Without this layer, all layers would miss these faults."""
    assert REPORTS[layer].only_here == faults


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("unit", Predictions(hits=1, misses=1, surprises=1, total=6)),
        ("integration", Predictions(hits=0, misses=0, surprises=2, total=6)),
        ("e2e", Predictions(hits=1, misses=1, surprises=2, total=6)),
    ],
)
def test_scores_the_predictions(layer: str, expected: Predictions) -> None:
    """An unpredicted false alarm is a surprise too."""
    assert ANALYSIS.predictions[layer] == expected


def test_scores_the_predictions_by_the_first_run() -> None:
    """They were made before it, and must not profit from tests that were added since."""
    first = {cell.key: cell for cell in cells(quiet=(Verdict.CAUGHT,) * 3)}

    predictions = analyse(FOUND, CATALOGUE, first, {}).predictions

    assert predictions["e2e"] == Predictions(hits=2, misses=0, surprises=2, total=6)


def test_a_prediction_is_right_in_two_ways() -> None:
    """Either the layer was predicted to go red and did, or it was not and did not."""
    assert Predictions(hits=2, misses=1, surprises=2, total=6).right == Share(3, 6)


def test_lists_the_faults_that_all_layers_miss() -> None:
    """A fault that every layer misses reaches the users."""
    assert ANALYSIS.missed_by_all == ["quiet"]
    assert ANALYSIS.missed_at_first == ["quiet"]


def test_combines_layers() -> None:
    """A set sees what any of its layers sees, and costs the sum of their seconds."""
    [both] = [some for some in ANALYSIS.sets if some.layers == ("unit", "e2e")]

    assert both.seen == Share(2, 4)
    assert both.false_alarms == Share(1, 2)
    assert both.seconds == 101.0


def test_finds_the_cheapest_set_that_misses_nothing() -> None:
    """A layer that adds no fault is left out."""
    assert ANALYSIS.cheapest.layers == ("integration", "e2e")


def test_analyses_every_set_of_layers() -> None:
    """Three layers form seven sets, and each is there once."""
    assert len({frozenset(some.layers) for some in ANALYSIS.sets}) == 7


def test_compares_today_with_the_first_run() -> None:
    """The figures of the first run do not depend on today's verdicts."""
    first = cells(quiet=(Verdict.CAUGHT,) * 3, lost_button=(Verdict.UNNOTICED,) * 3)

    analysis = analyse(FOUND, CATALOGUE, {cell.key: cell for cell in first}, {})

    assert [layer.first for layer in analysis.layers] == [Share(2, 4), Share(3, 4), Share(2, 4)]
    assert analysis.missed_by_all == ["quiet"]
    assert analysis.missed_at_first == ["lost-button"]


def test_an_unstable_verdict_does_not_count_as_seen() -> None:
    """The fault is listed, and counts for no layer."""
    found = make_run(cells(loud=(Verdict.UNSTABLE,) * 3), **SECONDS)

    analysis = analyse(found, CATALOGUE, {}, {})

    assert analysis.unstable == ["loud"]
    assert analysis.missed_by_all == ["loud", "quiet"]


def test_leaves_out_faults_that_were_not_tried() -> None:
    """A fault that was added later is not a miss."""
    more = [*CATALOGUE, make_patch("new")]

    analysis = analyse(FOUND, more, {}, {})

    assert [layer.seen.total for layer in analysis.layers] == [4, 4, 4]


@pytest.mark.parametrize(("layer", "seconds"), [("unit", 1.0), ("integration", 5.0), ("e2e", 50.0)])
def test_computes_the_seconds_per_fault(layer: str, seconds: float) -> None:
    """The duration of a whole run is divided by the number of faults that it sees."""
    assert REPORTS[layer].seconds_per_fault == seconds


def test_a_layer_that_sees_no_fault_has_no_seconds_per_fault() -> None:
    """A division by zero is avoided, and the value is None."""
    found = make_run([make_cell("quiet", "unit", Verdict.UNNOTICED)], unit=1.0)

    [report] = analyse(found, CATALOGUE, {}, {}).layers

    assert report.seconds_per_fault is None


def test_includes_what_was_measured_elsewhere() -> None:
    """Tests, coverage and flakes are taken over; flakes that were not counted are None."""
    unit, e2e = REPORTS["unit"], REPORTS["e2e"]

    assert unit.tests == 10
    assert unit.lines_percent == 90.0
    assert unit.branches_percent == 80.0
    assert unit.flakes == Share(0, 9)
    assert e2e.flakes is None


def test_analyses_an_experiment_without_cells() -> None:
    """No fault was tried, so none was seen and none was missed."""
    analysis = analyse(make_run([], unit=1.0), CATALOGUE, {}, {})

    [report] = analysis.layers
    assert report.seen == Share(0, 0)
    assert report.only_here == []
    assert analysis.missed_by_all == []
