"""The experiment: every patch, every layer, a verdict each. The loop is `Experiment.run`."""

import time
from collections.abc import Callable
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lab import layers, reach, verdicts
from lab.baseline import Baseline, Layer
from lab.catalogue import Patch
from lab.changes import changes
from lab.judge import is_red, judge
from lab.results import RED, Cell, LayerFacts, Results, Verdict

if TYPE_CHECKING:
    from lab.workshop import Workshop

# A run may take three times what its tests took without a patch, and this.
GRACE_SECONDS = 60
GROUP = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """What to try; `exhaustive` tries each patch alone, and runs every test to its end."""

    patches: list[Patch]
    layers: list[Layer]
    record: dict[verdicts.Key, Cell] = field(default_factory=dict)
    exhaustive: bool = False


class Experiment:
    """A plan, and where to carry it out."""

    def __init__(self, plan: Plan, workshop: "Workshop", say: Callable[[str], None]) -> None:
        """Run nothing yet; `say` is told what takes long."""
        self._plan = plan
        self._workshop = workshop
        self._say = say
        self._baselines: dict[str, Baseline] = {}

    def run(self, note: Callable[[Cell], None]) -> Results:
        """Try every patch on every layer, and tell of each cell as soon as it is known."""
        self._measure_baselines()
        begin = time.monotonic()
        cells: list[Cell] = []
        with self._workshop.workers() as workers:
            # The slowest layer first, so that no core waits long for the last run.
            tried = [
                workers.submit(self._try, patches, layer)
                for layer in reversed(self._plan.layers)
                for patches in self._groups(layer)
            ]
            for future in as_completed(tried):
                for cell in future.result():
                    cells.append(cell)
                    note(cell)
        facts = {layer.name: self._facts(layer) for layer in self._plan.layers}
        return Results(cells, facts, time.monotonic() - begin, self._workshop.conditions)

    def _measure_baselines(self) -> None:
        self._say(f"{self._workshop.conditions}. First the layers without a fault.")
        with self._workshop.workers() as workers:
            measured = {
                workers.submit(self._workshop.baseline, layer): layer.name
                for layer in reversed(self._plan.layers)
            }
            for future in as_completed(measured):
                name = measured[future]
                self._baselines[name] = future.result()
                self._say(f"{name}: all {len(self._baselines[name].tests)} tests pass.")

    def _groups(self, layer: Layer) -> list[list[Patch]]:
        """Put patches together that the layer is expected to miss, and that change other files.

        A layer that is green with ten faults in it misses all ten.
        """
        if self._plan.exhaustive:
            return [[patch] for patch in self._plan.patches]
        alone = [[patch] for patch in self._plan.patches if self._is_expected(patch, layer)]
        together: list[list[Patch]] = []
        for patch in self._plan.patches:
            if self._is_expected(patch, layer):
                continue
            for group in together:
                if len(group) < GROUP and not any(patch.files & one.files for one in group):
                    group.append(patch)
                    break
            else:
                together.append([patch])
        return together + alone

    def _is_expected(self, patch: Patch, layer: Layer) -> bool:
        """Say whether the layer should go red: as is recorded or, for something new, predicted."""
        known = self._plan.record.get((patch.kind, patch.name, layer.name))
        return known.verdict in RED if known else layer.name in patch.predicted

    def _try(self, patches: list[Patch], layer: Layer) -> list[Cell]:
        """Return the cells; where a group turns the layer red, find out who of it does."""
        outcome = self._run(patches, layer)
        if len(patches) == 1:
            return [self._confirm(self._cell(patches[0], layer, outcome), patches[0], layer)]
        if not is_red(outcome):
            return [self._cell(patch, layer, outcome, share=len(patches)) for patch in patches]
        cells = self._guilty(patches, layer, outcome)
        names = {cell.patch for cell in cells}
        rest = [patch for patch in patches if patch.name not in names]
        if not cells:
            middle = len(patches) // 2
            return self._try(patches[:middle], layer) + self._try(patches[middle:], layer)
        return cells + (self._try(rest, layer) if rest else [])

    def _guilty(
        self, patches: list[Patch], layer: Layer, outcome: layers.Outcome | None
    ) -> list[Cell]:
        """Return the cells of those that fail, each by itself, the test that failed."""
        failed = {failure.test for failure in outcome.failures} if outcome else set()
        if not failed:
            return []
        alone = [(patch, self._run([patch], layer, failed)) for patch in patches]
        return [self._cell(patch, layer, run) for patch, run in alone if is_red(run)]

    def _confirm(self, cell: Cell, patch: Patch, layer: Layer) -> Cell:
        """See again what is new or not as recorded: a red twice, a green the long way.

        A green that contradicts the record may come from what was left out, or from the order.
        """
        known = self._plan.record.get(cell.key)
        is_new_green = known is None and cell.verdict not in RED
        if is_new_green or (known and known.verdict == cell.verdict):
            return cell
        was_green = cell.verdict not in RED
        again = self._cell(patch, layer, self._run([patch], layer, in_full=was_green))
        if again.verdict == cell.verdict or (
            was_green and known and known.verdict == again.verdict
        ):
            return again
        return replace(
            cell, verdict=Verdict.UNSTABLE, message=f"{cell.verdict}, then {again.verdict}"
        )

    def _run(
        self,
        patches: list[Patch],
        layer: Layer,
        only: set[str] | None = None,
        *,
        in_full: bool = False,
    ) -> layers.Outcome | None:
        """Run the tests that can tell, and return what they did; None where there are none."""
        known = self._baselines[layer.name]
        with self._workshop.copy(patches) as copy:
            changed = changes(copy.pristine, copy.folder)
            selected = set(known.tests)
            if not (self._plan.exhaustive or in_full):
                selected = reach.tests_that_reach(changed, known, in_browser=layer.in_browser)
            if only is not None:
                selected &= only
            if not selected:
                return None
            order = self._order([] if in_full else patches, layer, selected)
            return self._workshop.run(order, copy)

    def _order(self, patches: list[Patch], layer: Layer, selected: set[str]) -> layers.Order:
        """Begin with what told last time, then with the files that have the quickest tests."""
        seconds = self._baselines[layer.name].tests
        files: dict[str, list[float]] = {}
        for test in selected:
            files.setdefault(test.partition("::")[0], []).append(seconds[test])
        known = [self._plan.record.get((patch.kind, patch.name, layer.name)) for patch in patches]
        return layers.Order(
            sorted(files, key=lambda file: sum(files[file]) / len(files[file])),
            GRACE_SECONDS + 3 * sum(seconds[test] for test in selected),
            skipped=sorted(seconds.keys() - selected),
            first=[test for cell in known if cell for test in cell.caught_by],
            stops=not self._plan.exhaustive,
        )

    def _cell(
        self, patch: Patch, layer: Layer, outcome: layers.Outcome | None, *, share: int = 1
    ) -> Cell:
        is_executed = self._is_executed(patch, layer)
        return judge(patch, layer.name, outcome, is_executed=is_executed, share=share)

    def _is_executed(self, patch: Patch, layer: Layer) -> bool:
        known = self._baselines[layer.name]
        with self._workshop.copy([patch]) as copy:
            changed = changes(copy.pristine, copy.folder)
            return reach.executes(changed, known, copy.pristine, in_browser=layer.in_browser)

    def _facts(self, layer: Layer) -> LayerFacts:
        known = self._baselines[layer.name]
        return LayerFacts(
            len(known.tests),
            known.duration,
            known.coverage["percent_statements_covered"],
            known.coverage["percent_branches_covered"],
        )
