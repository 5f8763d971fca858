"""Tables of text, for the page, the Markdown and the terminal; and the matrix of verdicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.catalogue import Kind, Patch
from lab.results import Cell, Verdict

UNKNOWN = "not run"
MEANINGS = {
    Verdict.CAUGHT: "a test of the layer failed",
    Verdict.BROKE: "a dependency of many tests failed, such as an import or the start of a server",
    Verdict.TIMED_OUT: "the run did not end before its deadline",
    Verdict.UNNOTICED: "missed: the layer executed the changed code, and every test passed",
    Verdict.UNREACHED: "missed: the layer never executed the changed code",
    Verdict.FALSE_ALARM: "a test failed, although the behaviour did not change",
    Verdict.ACCEPTED: "the behaviour did not change, and every test passed",
    Verdict.UNSTABLE: "two runs gave different verdicts, which is an error",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column heads, and rows whose first cell is a head; a cell may have two lines."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def word(verdict: Verdict) -> str:
    """Return a short name of the verdict, for a narrow column."""
    return verdict.name.lower().replace("_", " ")


def matrix(
    cells: Iterable[Cell], layers: Iterable[str], patches: Iterable[Patch], kind: Kind
) -> Table:
    """Return a row for each patch of this kind."""
    layers = tuple(layers)
    verdicts = {(cell.patch, cell.layer): word(cell.verdict) for cell in cells}
    rows = [
        (patch.name, patch.topic, *(verdicts.get((patch.name, one), UNKNOWN) for one in layers))
        for patch in patches
        if patch.kind == kind
    ]
    return Table(f"The {kind}s", (kind, "topic", *layers), rows)
