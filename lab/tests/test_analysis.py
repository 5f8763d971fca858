import pytest

from lab.analysis import Predictions, Share, analyse
from lab.catalogue import Kind
from lab.results import Cell, Verdict
from lab.tests.factories import make_cell, make_patch, results

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
    """Return a verdict of each layer about each patch; changes are by name, with underscores."""
    verdicts = VERDICTS | {name.replace("_", "-"): cell for name, cell in changes.items()}
    return [
        make_cell(patch.name, layer, verdict, kind=patch.kind)
        for patch in CATALOGUE
        for layer, verdict in zip(SECONDS, verdicts[patch.name], strict=True)
    ]


FOUND = results(cells(), **SECONDS)
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
def test_a_share_has_the_interval_of_wilson(
    count: int, total: int, low: float, high: float
) -> None:
    """These are the examples of Newcombe (Statistics in Medicine 17, 1998), method 3."""
    assert Share(count, total).interval == pytest.approx((low, high), abs=5e-5)


def test_the_intervals_of_a_share_and_of_the_rest_mirror_each_other() -> None:
    """What is certain of those that are seen is as certain of those that are missed."""
    low, high = Share(20, 20).interval

    assert (low, high) == pytest.approx((0.8389, 1), abs=5e-5)


def test_nothing_of_nothing_says_nothing() -> None:
    """Without a single case the share is 0, and may be anything."""
    share = Share(0, 0)

    assert share.rate == 0.0
    assert share.interval == (0.0, 1.0)


@pytest.mark.parametrize(("layer", "seen"), [("unit", 1), ("integration", 2), ("e2e", 2)])
def test_sees_whatever_goes_red(layer: str, seen: int) -> None:
    """A layer that breaks or hangs tells as one does whose test fails; of four faults."""
    assert REPORTS[layer].seen == Share(seen, 4)


@pytest.mark.parametrize(
    ("layer", "unnoticed", "unreached"), [("unit", 1, 2), ("integration", 1, 1), ("e2e", 2, 0)]
)
def test_counts_what_is_missed_in_two_ways(layer: str, unnoticed: int, unreached: int) -> None:
    """What is never executed says less about a layer than what is executed and not noticed."""
    report = REPORTS[layer]

    assert report.unnoticed == unnoticed
    assert report.unreached == unreached


@pytest.mark.parametrize(("layer", "alarms"), [("unit", 1), ("integration", 0), ("e2e", 1)])
def test_counts_false_alarms_among_the_refactorings(layer: str, alarms: int) -> None:
    """A harmless change is no fault, and is counted by itself."""
    assert REPORTS[layer].false_alarms == Share(alarms, 2)


@pytest.mark.parametrize(
    ("layer", "faults"), [("unit", []), ("integration", ["broken-sql"]), ("e2e", ["lost-button"])]
)
def test_names_what_one_layer_alone_sees(layer: str, faults: list[str]) -> None:
    """Without this layer, these faults would not be seen."""
    assert REPORTS[layer].only_here == faults


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("unit", Predictions(hits=1, hopes=1, surprises=1, total=6)),
        ("integration", Predictions(hits=0, hopes=0, surprises=2, total=6)),
        ("e2e", Predictions(hits=1, hopes=1, surprises=2, total=6)),
    ],
)
def test_scores_the_predictions(layer: str, expected: Predictions) -> None:
    """A false alarm that nobody expected is a surprise too."""
    assert ANALYSIS.predictions[layer] == expected


def test_scores_the_predictions_by_the_first_run() -> None:
    """They were made before it; tests that were added since prove nobody right."""
    first = {cell.key: cell for cell in cells(quiet=(Verdict.CAUGHT,) * 3)}

    predictions = analyse(FOUND, CATALOGUE, first, {}).predictions

    assert predictions["e2e"] == Predictions(hits=2, hopes=0, surprises=2, total=6)


def test_a_prediction_is_right_in_two_ways() -> None:
    """It said red and it was, or said nothing and nothing was."""
    assert Predictions(hits=2, hopes=1, surprises=2, total=6).right == Share(3, 6)


def test_names_what_all_layers_miss() -> None:
    """A fault that every layer misses reaches the users."""
    assert ANALYSIS.missed_by_all == ["quiet"]
    assert ANALYSIS.missed_at_first == ["quiet"]


def test_adds_layers_up() -> None:
    """Some layers together see what at least one sees, cry wolf as often, and cost the sum."""
    [both] = [some for some in ANALYSIS.sets if some.layers == ("unit", "e2e")]

    assert both.seen == Share(2, 4)
    assert both.false_alarms == Share(1, 2)
    assert both.seconds == 101.0


def test_finds_the_cheapest_layers_that_see_all_that_is_seen() -> None:
    """A layer that adds nothing is left out."""
    assert ANALYSIS.cheapest.layers == ("integration", "e2e")


def test_judges_every_set_of_layers() -> None:
    """Seven sets can be made of three layers, and each is there once."""
    assert len({frozenset(some.layers) for some in ANALYSIS.sets}) == 7


def test_compares_today_with_the_first_run() -> None:
    """Sensitivity and misses of the first run stay, whatever is seen today."""
    first = cells(quiet=(Verdict.CAUGHT,) * 3, lost_button=(Verdict.UNNOTICED,) * 3)

    analysis = analyse(FOUND, CATALOGUE, {cell.key: cell for cell in first}, {})

    assert [layer.first for layer in analysis.layers] == [Share(2, 4), Share(3, 4), Share(2, 4)]
    assert analysis.missed_by_all == ["quiet"]
    assert analysis.missed_at_first == ["lost-button"]


def test_an_unstable_fault_is_not_seen() -> None:
    """It is named, and counts for nobody."""
    found = results(cells(loud=(Verdict.UNSTABLE,) * 3), **SECONDS)

    analysis = analyse(found, CATALOGUE, {}, {})

    assert analysis.unstable == ["loud"]
    assert analysis.missed_by_all == ["loud", "quiet"]


def test_leaves_out_what_was_not_tried() -> None:
    """A fault that is new since is no miss."""
    more = [*CATALOGUE, make_patch("new")]

    analysis = analyse(FOUND, more, {}, {})

    assert [layer.seen.total for layer in analysis.layers] == [4, 4, 4]


@pytest.mark.parametrize(("layer", "seconds"), [("unit", 1.0), ("integration", 5.0), ("e2e", 50.0)])
def test_tells_what_a_fault_costs(layer: str, seconds: float) -> None:
    """A whole run of the layer, shared out among the faults that it sees."""
    assert REPORTS[layer].seconds_per_fault == seconds


def test_a_layer_that_sees_nothing_has_no_price() -> None:
    """There is nothing to share its seconds out among."""
    found = results([make_cell("quiet", "unit", Verdict.UNNOTICED)], unit=1.0)

    [report] = analyse(found, CATALOGUE, {}, {}).layers

    assert report.seconds_per_fault is None


def test_hands_on_what_others_measured() -> None:
    """Tests, coverage and flakes stand beside the rest; where nobody counted flakes, nothing."""
    unit, e2e = REPORTS["unit"], REPORTS["e2e"]

    assert unit.tests == 10
    assert unit.lines_percent == 90.0
    assert unit.branches_percent == 80.0
    assert unit.flakes == Share(0, 9)
    assert e2e.flakes is None


def test_an_experiment_without_a_cell_has_no_findings() -> None:
    """No fault was tried, so none was seen or missed."""
    analysis = analyse(results([], unit=1.0), CATALOGUE, {}, {})

    [report] = analysis.layers
    assert report.seen == Share(0, 0)
    assert report.only_here == []
    assert analysis.missed_by_all == []
