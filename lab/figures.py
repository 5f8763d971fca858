"""The tables about the layers: how much each sees, what it costs, what it adds."""

from collections.abc import Iterator

from lab.analysis import Analysis, LayerReport, LayerSet, Share
from lab.headline import name_of
from lab.tables import Table
from tools.rates import upper_bound

NO_RECORD = "no record"


def all_of(analysis: Analysis) -> list[Table]:
    """Return the tables about the layers and their sets."""
    return [layers(analysis), sets(analysis), additions(analysis), predictions(analysis)]


def layers(analysis: Analysis) -> Table:
    """Return a column for each layer, and a row for each figure."""
    rows = [
        ("tests", [f"{layer.tests:,}" for layer in analysis.layers]),
        ("a whole run", [_seconds(layer.seconds) for layer in analysis.layers]),
        ("faults seen, first run", [_estimate(layer.first) for layer in analysis.layers]),
        ("faults seen, today", [_estimate(layer.seen) for layer in analysis.layers]),
        ("missed though executed", [str(layer.unnoticed) for layer in analysis.layers]),
        ("missed, never executed", [str(layer.unreached) for layer in analysis.layers]),
        ("seen by no other layer", [str(len(layer.only_here)) for layer in analysis.layers]),
        ("false alarms", [_share(layer.false_alarms) for layer in analysis.layers]),
        ("time per fault seen", [_seconds(layer.seconds_per_fault) for layer in analysis.layers]),
        ("failed without a fault", [_flakes(layer) for layer in analysis.layers]),
        ("lines reached", [f"{layer.lines_percent:.1f} %" for layer in analysis.layers]),
        ("branches reached", [f"{layer.branches_percent:.1f} %" for layer in analysis.layers]),
    ]
    return Table(
        "Each layer",
        ("", *(layer.name for layer in analysis.layers)),
        [(head, *cells) for head, cells in rows],
        " ".join(_notes(analysis)),
    )


def _notes(analysis: Analysis) -> Iterator[str]:
    yield (
        "The 95 % confidence interval is in brackets. The faults were picked by hand and are not a"
        " random sample of real ones, so an interval covers nothing but sampling error."
    )
    if any(layer.first.total for layer in analysis.layers):
        yield (
            "The first run comes first, because no test had been written with the faults in view."
            " Today's figures include the tests that were added since."
        )
    for layer in analysis.layers:
        if layer.flakes is None:
            yield f"Failures without a fault were not counted. Type: make flake LAYER={layer.name}"
            return


def sets(analysis: Analysis) -> Table:
    """Return a row for each set of layers."""
    best = analysis.cheapest
    rows = [
        (
            name_of(some.layers) + ("\ncheapest set that sees most" if some == best else ""),
            _share(some.seen),
            _share(some.false_alarms),
            _seconds(some.seconds),
        )
        for some in analysis.sets
    ]
    heads = ("layers", "faults seen", "false alarms", "a whole run")
    return Table("Every set of layers", heads, rows)


def additions(analysis: Analysis) -> Table:
    """Return what each layer adds to each set of the others."""
    names = [layer.name for layer in analysis.layers]
    known = {frozenset(some.layers): some for some in analysis.sets}
    nothing = LayerSet((), Share(0, 0), Share(0, 0), 0.0)
    rows = [
        (
            name_of(base.layers) or "nothing",
            *(_gain(base, known[frozenset([*base.layers, name])]) for name in names),
        )
        for base in (nothing, *analysis.sets[:-1])
    ]
    heads = ("added to", *names)
    return Table(
        "What a layer adds to others", heads, rows, "Additional faults, and additional time."
    )


def _gain(base: LayerSet, larger: LayerSet) -> str:
    if larger == base:
        return ""
    count, seconds = larger.seen.count - base.seen.count, larger.seconds - base.seconds
    return f"+{count}\nin {_seconds(seconds)}"


def predictions(analysis: Analysis) -> Table:
    """Return the quality of the predictions, which were committed before the first run."""
    title, made = "How good the predictions were", analysis.predictions
    if not any(one.total for one in made.values()):
        return Table(title, (), [], "No first run is recorded.")
    rows = [
        ("predicted, went red", *(str(one.hits) for one in made.values())),
        ("predicted, stayed green", *(str(one.misses) for one in made.values())),
        ("not predicted, went red", *(str(one.surprises) for one in made.values())),
        ("right in total", *(_share(one.right) for one in made.values())),
    ]
    return Table(title, ("", *made), rows, "For faults and refactorings, in the first run.")


def _share(share: Share) -> str:
    return f"{share.count:,} of {share.total:,}" if share.total else "none tried"


def _estimate(share: Share) -> str:
    if not share.total:
        return NO_RECORD
    low, high = share.interval
    return f"{_share(share)}\n{100 * share.rate:.0f} % ({100 * low:.0f} to {100 * high:.0f} %)"


def _seconds(seconds: float | None) -> str:
    return "none seen" if seconds is None else f"{seconds:.1f} s"


def _flakes(layer: LayerReport) -> str:
    if layer.flakes is None:
        return "not counted"
    bound = upper_bound(layer.flakes.count, layer.flakes.total)
    return f"{_share(layer.flakes)}\nat most {100 * bound:.2f} %"
