"""The result of the experiment in a few sentences."""

from lab.analysis import Analysis, Share

IN_A_SENTENCE = {"unit": "unit tests", "integration": "integration tests", "e2e": "browser tests"}


def headline(analysis: Analysis) -> list[str]:
    """Return the sentences; those about the first run come first, if one is recorded."""
    together = analysis.sets[-1].seen
    if not together.total:
        return ["No fault was planted in this run."]
    now = _in_words({layer.name: layer.seen for layer in analysis.layers}, together, "see")
    at_first = first_together(analysis)
    if not at_first.total:
        return [f"This suite, as written: {now}", _cheapest(analysis)]
    then = _in_words({layer.name: layer.first for layer in analysis.layers}, at_first, "saw")
    return [
        f"This suite, as written, in its first run: {then}",
        f"Today: {now}",
        _cheapest(analysis),
    ]


def first_together(analysis: Analysis) -> Share:
    """Return the share of the faults that at least one layer saw in the first run."""
    total = max(layer.first.total for layer in analysis.layers)
    return Share(total - len(analysis.missed_at_first), total)


def name_of(layers: tuple[str, ...]) -> str:
    """Return the name of a set of layers."""
    return " + ".join(layers)


def _in_words(layers: dict[str, Share], together: Share, see: str) -> str:
    (name, share), *others = layers.items()
    parts = [f"{IN_A_SENTENCE[name]} {see} {share.count} of {share.total} planted faults"]
    parts += [f"{IN_A_SENTENCE[other]} {seen.count}" for other, seen in others]
    end = f"; together {together.count}." if others else "."
    return ", ".join(parts) + end


def _cheapest(analysis: Analysis) -> str:
    best, every = analysis.cheapest, analysis.sets[-1]
    if len(analysis.layers) == 1:
        return f"No other layer was run. A whole run of this one takes {every.seconds:.1f} s."
    if best == every:
        return f"It takes all layers to see every fault: {best.seconds:.1f} s for a whole run."
    return (
        "The cheapest set of layers that sees every fault that any layer sees is"
        f" {name_of(best.layers)}: {best.seconds:.1f} s for a whole run, compared with"
        f" {every.seconds:.1f} s for all layers."
    )
