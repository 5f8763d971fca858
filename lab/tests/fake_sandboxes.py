"""Sandboxes without processes: each patch changes one function, and each run has a set outcome."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from lab.baseline import Baseline, Layer
from lab.catalogue import Patch
from lab.layers import Outcome, RunSpec
from lab.sandboxes import Sandboxes

BEFORE = "def price():\n    return 100\n"
AFTER = "def price():\n    return 119\n"
Names = frozenset[str]


class FakeSandboxes(Sandboxes):
    """Runs no test: `outcome` returns the outcome of a run with the patches of these names.

    Every layer has the baseline `known`. `tried` and `specs` list the runs: their patches, and what
    was to be run.
    """

    def __init__(self, folder: Path, known: Baseline, outcome: Callable[[Names], Outcome]) -> None:
        self.conditions = "nothing is real"
        self.known = known
        self.outcome = outcome
        self.tried: list[Names] = []
        self.specs: list[RunSpec] = []
        self._folder = folder

    @contextmanager
    def copy(self, patches: list[Patch]) -> Iterator[Any]:
        """Yield a folder with the patches, beside one without."""
        copy = SimpleNamespace(
            original=self._folder / "original",
            folder=self._folder / "patched",
            names=frozenset(patch.name for patch in patches),
        )
        changed = {file for patch in patches for file in patch.files}
        for file in self.known.lines:
            self._write(copy.original / file, BEFORE)
            self._write(copy.folder / file, AFTER if file in changed else BEFORE)
        yield copy

    def baseline(self, layer: Layer) -> Baseline:  # noqa: ARG002 -- all layers are the same
        """Return the baseline that the test chose."""
        return self.known

    def run(self, spec: RunSpec, copy: Any) -> Outcome:  # noqa: ANN401 -- what `copy` yields
        """Note the run, and return the outcome that the test chose."""
        self.tried.append(copy.names)
        self.specs.append(spec)
        return self.outcome(copy.names)

    @contextmanager
    def workers(self) -> Iterator[ThreadPoolExecutor]:
        """Yield a single worker, so that the order of the runs is known."""
        with ThreadPoolExecutor(1) as workers:
            yield workers

    @staticmethod
    def _write(file: Path, content: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
