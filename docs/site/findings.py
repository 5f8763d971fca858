"""What the lab found, today and in its first run: tables and figures, as the pages name them."""

from collections.abc import Callable, Iterator
from functools import cache

from lab import catalogue, figures, results
from lab.analysis import Analysis, Matrix, Share
from lab.catalogue import TOPICS, Kind
from lab.headline import name_of
from lab.report import Report, report_on
from lab.results import Results
from lab.tables import Table

TODAY, FIRST = "today", "first"


@cache
def report(run: str = TODAY) -> Report:
    """Return the report on the recorded run, or on the first one, whose costs nobody measured."""
    found = results.load([results.RECORDED])
    if run == FIRST:
        first = results.read_first_run(results.FIRST)
        found = Results(list(first.values()), found.layers, found.seconds, found.conditions)
    return report_on(found, catalogue.read_all())


def topics(one: Report) -> Table:
    """Return what each layer sees of each topic's faults."""
    faults = [patch for patch in one.catalogue if patch.kind == Kind.FAULT]
    layers = [layer.name for layer in one.analysis.layers]
    rows = []
    for topic, title in TOPICS.items():
        matrix = Matrix(one.found.cells, [patch for patch in faults if patch.topic == topic])
        shares = [matrix.sensitivity([layer]) for layer in layers]
        rows.append((title, *map(_share, [*shares, matrix.sensitivity(layers)])))
    return Table("Faults seen, by topic", ("topic", *layers, "together"), rows)


def _share(share: Share) -> str:
    return f"{share.count} of {share.total}"


TABLES: dict[str, Callable[[Report], Table]] = {
    "layers": lambda one: figures.layers(one.analysis),
    "sets": lambda one: figures.sets(one.analysis),
    "topics": topics,
}


@cache
def by_name() -> dict[str, str]:
    """Return each figure that a page may name."""
    analysis = report().analysis
    found = {
        "faults": str(analysis.sets[-1].seen.total),
        "refactorings": str(analysis.sets[-1].false_alarms.total),
        "seconds": f"{analysis.sets[-1].seconds:.0f}",
        "first.missed": str(len(analysis.missed_at_first)),
        "missed": str(len(analysis.missed_by_all)),
    }
    for layer in analysis.layers:
        found |= {
            f"{layer.name}.seconds": f"{layer.seconds:.0f}",
            f"{layer.name}.lines": f"{layer.lines_percent:.0f}",
            f"{layer.name}.seconds-per-fault": f"{layer.seconds_per_fault or 0:.1f}",
        }
    return found | dict(_of_first_run(report(FIRST).analysis))


def _of_first_run(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Yield figures of the first run: `first.unit+e2e` is what these two caught together."""
    for some in analysis.sets:
        yield f"first.{name_of(some.layers).replace(' ', '')}", str(some.seen.count)
    for layer in analysis.layers:
        yield f"first.{layer.name}.only", str(len(layer.only_here))
        yield f"first.{layer.name}.missed", str(layer.unnoticed + layer.unreached)
        yield f"first.{layer.name}.unnoticed", str(layer.unnoticed)
        yield f"first.{layer.name}.alarms", str(layer.false_alarms.count)
