"""Tables of words, which the page, the Markdown and the terminal show alike; and the matrix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.catalogue import Kind, Patch
from lab.results import Cell, Verdict

UNKNOWN = "not run"
MEANINGS = {
    Verdict.CAUGHT: "a test of the layer failed",
    Verdict.BROKE: "no test could tell: a file could not be imported, or no server started",
    Verdict.TIMED_OUT: "the run had to be ended",
    Verdict.UNNOTICED: "missed: the layer executed what was changed, and every test passed",
    Verdict.UNREACHED: "missed: the layer never executed what was changed",
    Verdict.FALSE_ALARM: "a test failed, though nothing that one can see was altered",
    Verdict.ACCEPTED: "nothing that one can see was altered, and every test passed",
    Verdict.UNSTABLE: "two runs came to two verdicts, which is an error",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a row of heads, and rows that begin with their own; a cell may have two lines."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def word(verdict: Verdict) -> str:
    """Return the verdict in a word or two, short enough for a narrow column."""
    return verdict.name.lower().replace("_", " ")


def matrix(
    cells: Iterable[Cell], layers: Iterable[str], patches: Iterable[Patch], kind: Kind
) -> Table:
    """Return a row for each of the patches that is of this kind."""
    layers = tuple(layers)
    verdicts = {(cell.patch, cell.layer): word(cell.verdict) for cell in cells}
    rows = [
        (patch.name, patch.topic, *(verdicts.get((patch.name, one), UNKNOWN) for one in layers))
        for patch in patches
        if patch.kind == kind
    ]
    return Table(f"The {kind}s", (kind, "topic", *layers), rows)
