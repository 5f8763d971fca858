"""The experiment: a verdict for every patch and every layer. The loop is `Experiment.run`."""

import time
from collections.abc import Callable
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace

from lab import layers, selection
from lab.baseline import Baseline, Layer
from lab.catalogue import Patch
from lab.changes import changes
from lab.classify import classify, is_red
from lab.results import RED, Cell, Key, LayerFacts, Results, Verdict
from lab.sandboxes import Sandboxes

# A run, and each of its tests, may take this long and five times what the baseline took: a deadline
# ends a hang, however slow or busy the machine is.
GRACE_SECONDS = 120
PATIENCE = 5
GROUP = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """What to try; `exhaustive` tries each patch alone, and runs every test to its end."""

    patches: list[Patch]
    layers: list[Layer]
    record: dict[Key, Cell] = field(default_factory=dict)
    exhaustive: bool = False


class Experiment:
    """Carries out a plan in sandboxes; `log` is called with a line about each long step."""

    def __init__(self, plan: Plan, sandboxes: Sandboxes, log: Callable[[str], None]) -> None:
        self._plan = plan
        self._sandboxes = sandboxes
        self._log = log
        self._baselines: dict[str, Baseline] = {}

    def run(self, on_cell: Callable[[Cell], None]) -> Results:
        """Try every patch on every layer; call `on_cell` with each cell as soon as it is known."""
        self._measure_baselines()
        begin = time.monotonic()
        cells: list[Cell] = []
        with self._sandboxes.workers() as workers:
            # The slowest layer first, so that no core waits long for the last run.
            tasks = [
                workers.submit(self._try, patches, layer)
                for layer in reversed(self._plan.layers)
                for patches in self._groups(layer)
            ]
            for task in as_completed(tasks):
                for cell in task.result():
                    cells.append(cell)
                    on_cell(cell)
        facts = {layer.name: self._facts(layer) for layer in self._plan.layers}
        return Results(cells, facts, time.monotonic() - begin, self._sandboxes.conditions)

    def _measure_baselines(self) -> None:
        self._log(f"{self._sandboxes.conditions}. First, the layers without a fault.")
        with self._sandboxes.workers() as workers:
            names = {
                workers.submit(self._sandboxes.baseline, layer): layer.name
                for layer in reversed(self._plan.layers)
            }
            for task in as_completed(names):
                baseline = self._baselines[names[task]] = task.result()
                self._log(f"{names[task]}: all {len(baseline.tests)} tests pass.")

    def _groups(self, layer: Layer) -> list[list[Patch]]:
        """Group patches that the layer is expected to miss and that change different files.

        A layer that passes with ten faults planted at once misses all ten.
        """
        if self._plan.exhaustive:
            return [[patch] for patch in self._plan.patches]
        alone = [[patch] for patch in self._plan.patches if self._is_expected(patch, layer)]
        groups: list[list[Patch]] = []
        for patch in self._plan.patches:
            if self._is_expected(patch, layer):
                continue
            for group in groups:
                if len(group) < GROUP and not any(patch.files & other.files for other in group):
                    group.append(patch)
                    break
            else:
                groups.append([patch])
        return groups + alone

    def _is_expected(self, patch: Patch, layer: Layer) -> bool:
        """Whether the layer should go red, by the record or, for a new patch, the prediction."""
        known = self._plan.record.get((patch.kind, patch.name, layer.name))
        return known.verdict in RED if known else layer.name in patch.predicted

    def _try(self, patches: list[Patch], layer: Layer) -> list[Cell]:
        """Return a cell for each patch; where a group goes red, find out which of it is the cause.

        Where no test failed, because the layer broke, halving the group finds the cause.
        """
        outcome = self._run(patches, layer)
        if len(patches) == 1:
            return [self._confirm(self._cell(patches[0], layer, outcome), patches[0], layer)]
        if not is_red(outcome):
            return [self._cell(patch, layer, outcome, share=len(patches)) for patch in patches]
        cells = self._isolate(patches, layer, outcome)
        names = {cell.patch for cell in cells}
        rest = [patch for patch in patches if patch.name not in names]
        if not cells:
            middle = len(patches) // 2
            return self._try(patches[:middle], layer) + self._try(patches[middle:], layer)
        return cells + (self._try(rest, layer) if rest else [])

    def _isolate(
        self, patches: list[Patch], layer: Layer, outcome: layers.Outcome | None
    ) -> list[Cell]:
        """Return the cells of those patches that, planted alone, fail the tests that failed."""
        failed = {failure.test for failure in outcome.failures} if outcome else set()
        if not failed:
            return []
        alone = [(patch, self._run([patch], layer, failed)) for patch in patches]
        return [self._cell(patch, layer, run) for patch, run in alone if is_red(run)]

    def _confirm(self, cell: Cell, patch: Patch, layer: Layer) -> Cell:
        """Run again what is new or not as recorded: red in the same way, green with every test.

        A green that contradicts the record may be due to the selection or the order of tests.
        """
        known = self._plan.record.get(cell.key)
        is_new_green = known is None and cell.verdict not in RED
        if is_new_green or (known and known.verdict == cell.verdict):
            return cell
        was_green = cell.verdict not in RED
        again = self._cell(patch, layer, self._run([patch], layer, every_test=was_green))
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
        every_test: bool = False,
    ) -> layers.Outcome | None:
        """Run the tests that can notice the patches; None where there are none."""
        known = self._baselines[layer.name]
        with self._sandboxes.copy(patches) as copy:
            changed = changes(copy.original, copy.folder)
            selected = set(known.tests)
            if not (self._plan.exhaustive or every_test):
                selected = selection.select_tests(changed, known, in_browser=layer.in_browser)
            if only is not None:
                selected &= only
            if not selected:
                return None
            spec = self._run_spec([] if every_test else patches, layer, selected)
            return self._sandboxes.run(spec, copy)

    def _run_spec(self, patches: list[Patch], layer: Layer, selected: set[str]) -> layers.RunSpec:
        """Run the tests that caught the patches last time, then the files with the quickest."""
        baseline = self._baselines[layer.name]
        seconds = baseline.tests
        start_up = max(0.0, baseline.duration - sum(seconds.values()))
        files: dict[str, list[float]] = {}
        for test in selected:
            files.setdefault(test.partition("::")[0], []).append(seconds[test])
        known = [self._plan.record.get((patch.kind, patch.name, layer.name)) for patch in patches]
        return layers.RunSpec(
            sorted(files, key=lambda file: sum(files[file]) / len(files[file])),
            GRACE_SECONDS + PATIENCE * (start_up + sum(seconds[test] for test in selected)),
            GRACE_SECONDS + PATIENCE * max(seconds[test] for test in selected),
            skipped=sorted(seconds.keys() - selected),
            first=[test for cell in known if cell for test in cell.caught_by],
            stops=not self._plan.exhaustive,
        )

    def _cell(
        self, patch: Patch, layer: Layer, outcome: layers.Outcome | None, *, share: int = 1
    ) -> Cell:
        known = self._baselines[layer.name]
        with self._sandboxes.copy([patch]) as copy:
            is_executed = selection.executes(
                changes(copy.original, copy.folder),
                known,
                copy.original,
                in_browser=layer.in_browser,
            )
        return classify(patch, layer.name, outcome, is_executed=is_executed, share=share)

    def _facts(self, layer: Layer) -> LayerFacts:
        known = self._baselines[layer.name]
        return LayerFacts(
            len(known.tests),
            known.duration,
            known.coverage["percent_statements_covered"],
            known.coverage["percent_branches_covered"],
        )
