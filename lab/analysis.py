"""What the verdicts say about the layers: how much each sees, what it costs, what it adds.

A layer is measured like a diagnostic test: by its sensitivity, the share of the faults that it
sees, and by its false alarms, the share of refactorings for which it goes red.
"""

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import NormalDist

from lab.catalogue import Kind, Patch
from lab.results import RED, SEEN, Cell, Key, LayerFacts, Results, Verdict

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A number of cases out of a total."""

    count: int
    total: int

    @property
    def rate(self) -> float:
        """The share, from 0 to 1; 0 if the total is 0."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval of the rate, each bound from 0 to 1.

        Wilson's score interval (Journal of the American Statistical Association 22, 1927).
        """
        if not self.total:
            return 0.0, 1.0
        z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        scale = 1 + z * z / self.total
        middle = (self.rate + z * z / (2 * self.total)) / scale
        spread = self.rate * (1 - self.rate) / self.total + (z / (2 * self.total)) ** 2
        half = z * math.sqrt(spread) / scale
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Predictions:
    """How the predictions for a layer compare with its verdicts in the first run.

    `hits` were predicted red and went red, `misses` were predicted red and stayed green, and
    `surprises` went red without a prediction. The rest of `total` stayed green as predicted.
    """

    hits: int
    misses: int
    surprises: int
    total: int

    @property
    def right(self) -> Share:
        """The share of the verdicts that were as predicted."""
        return Share(self.total - self.misses - self.surprises, self.total)


@dataclass(frozen=True, slots=True)
class LayerReport(LayerFacts):
    """The figures of one layer. `seen` is its sensitivity today, `first` that in the first run.

    `flakes` are failures among executions without a fault, if `make flake` counted them.
    """

    name: str
    seen: Share
    first: Share
    unnoticed: int
    unreached: int
    false_alarms: Share
    only_here: list[str]
    flakes: Share | None

    @property
    def seconds_per_fault(self) -> float | None:
        """The duration of a whole run, divided by the number of faults that it sees."""
        return self.seconds / self.seen.count if self.seen.count else None


@dataclass(frozen=True, slots=True)
class LayerSet:
    """Several layers together: what at least one of them sees, and what all of them cost."""

    layers: tuple[str, ...]
    seen: Share
    false_alarms: Share
    seconds: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """All figures of a report."""

    layers: list[LayerReport]
    sets: list[LayerSet]
    cheapest: LayerSet
    predictions: dict[str, Predictions]
    missed_by_all: list[str]
    missed_at_first: list[str]
    unstable: list[str]


class Matrix:
    """The verdicts of an experiment, on those patches of the catalogue that it tried."""

    def __init__(self, cells: Iterable[Cell], catalogue: list[Patch]) -> None:
        self._verdicts = {(cell.patch, cell.layer): cell.verdict for cell in cells}
        tried = {patch for patch, _ in self._verdicts}
        self.patches = [patch for patch in catalogue if patch.name in tried]
        self._faults = [patch.name for patch in self.patches if patch.kind == Kind.FAULT]
        self._refactorings = [
            patch.name for patch in self.patches if patch.kind == Kind.REFACTORING
        ]

    def seen_by(self, layers: Iterable[str]) -> list[str]:
        """Return the faults that at least one of the layers sees."""
        return self._with(self._faults, layers, SEEN)

    def missed_by(self, layers: Iterable[str]) -> list[str]:
        """Return the faults that none of the layers sees."""
        seen = set(self.seen_by(layers))
        return [fault for fault in self._faults if fault not in seen]

    def count(self, layer: str, verdict: Verdict) -> int:
        """Return how many faults have this verdict."""
        return len(self._with(self._faults, [layer], (verdict,)))

    def sensitivity(self, layers: Iterable[str]) -> Share:
        """Return the share of the faults that at least one of the layers sees."""
        return Share(len(self.seen_by(layers)), len(self._faults))

    def false_alarms(self, layers: Iterable[str]) -> Share:
        """Return the share of the refactorings for which at least one of the layers goes red."""
        alarmed = self._with(self._refactorings, layers, (Verdict.FALSE_ALARM,))
        return Share(len(alarmed), len(self._refactorings))

    def is_red(self, patch: Patch, layer: str) -> bool:
        """Whether a layer goes red, rightly or not."""
        return self._verdicts.get((patch.name, layer)) in RED

    def _with(
        self, patches: list[str], layers: Iterable[str], verdicts: tuple[Verdict, ...]
    ) -> list[str]:
        layers = tuple(layers)
        return [
            patch
            for patch in patches
            if any(self._verdicts.get((patch, layer)) in verdicts for layer in layers)
        ]


def analyse(
    found: Results, catalogue: list[Patch], first: dict[Key, Cell], flakes: dict[str, Share]
) -> Analysis:
    """Analyse every layer and every set of layers; `first` has the verdicts of the first run."""
    now, then = Matrix(found.cells, catalogue), Matrix(first.values(), catalogue)
    names = tuple(found.layers)
    sets = [
        _set(now, layers, found)
        for size in range(1, len(names) + 1)
        for layers in combinations(names, size)
    ]
    best = sets[-1].seen
    return Analysis(
        [_layer(name, found, now, then, flakes.get(name)) for name in names],
        sets,
        min((some for some in sets if some.seen == best), key=lambda some: some.seconds),
        {name: _predictions(then, name) for name in names},
        now.missed_by(names),
        then.missed_by(names),
        sorted({cell.patch for cell in found.cells if cell.verdict == Verdict.UNSTABLE}),
    )


def _set(matrix: Matrix, layers: tuple[str, ...], found: Results) -> LayerSet:
    seconds = sum(found.layers[layer].seconds for layer in layers)
    return LayerSet(layers, matrix.sensitivity(layers), matrix.false_alarms(layers), seconds)


def _layer(
    name: str, found: Results, now: Matrix, then: Matrix, flakes: Share | None
) -> LayerReport:
    others = [other for other in found.layers if other != name]
    seen_elsewhere = set(now.seen_by(others))
    return LayerReport(
        **asdict(found.layers[name]),
        name=name,
        seen=now.sensitivity([name]),
        first=then.sensitivity([name]),
        unnoticed=now.count(name, Verdict.UNNOTICED),
        unreached=now.count(name, Verdict.UNREACHED),
        false_alarms=now.false_alarms([name]),
        only_here=[fault for fault in now.seen_by([name]) if fault not in seen_elsewhere],
        flakes=flakes,
    )


def _predictions(first: Matrix, layer: str) -> Predictions:
    pairs = [(layer in patch.predicted, first.is_red(patch, layer)) for patch in first.patches]
    return Predictions(
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, True)),
        len(pairs),
    )
