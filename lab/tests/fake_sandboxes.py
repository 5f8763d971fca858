"""A workshop without processes: each patch alters one function of a file, and tests are a table."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from lab.baseline import Baseline, Layer
from lab.catalogue import Patch
from lab.layers import Order, Outcome
from lab.workshop import Workshop

BEFORE = "def price():\n    return 100\n"
AFTER = "def price():\n    return 119\n"
Names = frozenset[str]


class FakeWorkshop(Workshop):
    """Runs no test; `outcome` says what tests make of the patches with these names.

    It remembers each run: which patches, and the order that was given.
    """

    def __init__(self, folder: Path, known: Baseline, outcome: Callable[[Names], Outcome]) -> None:
        """Be as this baseline says, until a test says something else."""
        self.conditions = "nothing is real"
        self.known = known
        self.outcome = outcome
        self.tried: list[Names] = []
        self.orders: list[Order] = []
        self._folder = folder

    @contextmanager
    def copy(self, patches: list[Patch]) -> Iterator[Any]:
        """Return a folder with the patches, beside one that has none."""
        place = SimpleNamespace(
            pristine=self._folder / "pristine",
            folder=self._folder / "patched",
            names=frozenset(patch.name for patch in patches),
        )
        changed = {file for patch in patches for file in patch.files}
        for file in self.known.lines:
            self._write(place.pristine / file, BEFORE)
            self._write(place.folder / file, AFTER if file in changed else BEFORE)
        yield place

    def baseline(self, layer: Layer) -> Baseline:  # noqa: ARG002 -- each layer is the same
        """Return what was handed in."""
        return self.known

    def run(self, order: Order, copy: Any) -> Outcome:  # noqa: ANN401 -- what `copy` returns
        """Run nothing, and say what was handed in."""
        self.tried.append(copy.names)
        self.orders.append(order)
        return self.outcome(copy.names)

    @contextmanager
    def workers(self) -> Iterator[ThreadPoolExecutor]:
        """Let one work, so that the order of runs is certain."""
        with ThreadPoolExecutor(1) as workers:
            yield workers

    @staticmethod
    def _write(file: Path, content: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
