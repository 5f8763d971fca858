"""What an experiment found: a verdict for each patch and layer, and the files that keep them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from lab.catalogue import LAB, Kind, Patch
from tools.common import BUILD, ToolError

LATEST = BUILD / "lab" / "results.json"
PART = LATEST.with_stem("results-part")
# The record: a run must come to these verdicts, and the guide's figures are made from it.
RECORDED = LAB / "recorded-run.json"
FIRST = LAB / "first-run.json"

Key = tuple[Kind, str, str]


class Verdict(StrEnum):
    """What a layer says about a patch."""

    CAUGHT = "caught"
    BROKE = "broke"
    TIMED_OUT = "timed out"
    UNNOTICED = "missed though executed"
    UNREACHED = "missed, never executed"
    FALSE_ALARM = "false alarm"
    ACCEPTED = "accepted"
    UNSTABLE = "unstable"


# A developer sees that something is wrong, whether a test fails or the run does not even begin.
SEEN = (Verdict.CAUGHT, Verdict.BROKE, Verdict.TIMED_OUT)
RED = (*SEEN, Verdict.FALSE_ALARM)


@dataclass(frozen=True, slots=True)
class Cell:
    """One patch and one layer: the verdict, the tests that failed and where, and the cost."""

    kind: Kind
    patch: str
    layer: str
    verdict: Verdict
    caught_by: list[str] = field(default_factory=list)
    where: str = ""
    message: str = ""
    tests: int = 0
    seconds: float = 0.0

    @property
    def key(self) -> Key:
        """The cell's place in the matrix."""
        return self.kind, self.patch, self.layer


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What the baseline says about a layer: its tests, their duration, and their coverage."""

    tests: int
    seconds: float
    lines_percent: float
    branches_percent: float


@dataclass(slots=True)
class Results:
    """All cells of an experiment, or of several parts of one."""

    cells: list[Cell]
    layers: dict[str, LayerFacts]
    seconds: float
    conditions: str

    def save(self, file: Path) -> None:
        """Write the results as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load(files: Iterable[Path]) -> Results:
    """Combine the parts of an experiment; raises ToolError.

    A cell that has different verdicts in two parts is unstable.
    """
    cells: dict[Key, Cell] = {}
    parts = [_load(file) for file in files]
    for cell in (cell for part in parts for cell in part.cells):
        other = cells.setdefault(cell.key, cell)
        if other.verdict != cell.verdict:
            message = f"{other.verdict}, then {cell.verdict}"
            cells[cell.key] = Cell(*cell.key, Verdict.UNSTABLE, cell.caught_by, message=message)
    facts = {layer: facts for part in parts for layer, facts in part.layers.items()}
    seconds = sum(part.seconds for part in parts)
    return Results(list(cells.values()), facts, seconds, parts[0].conditions)


def read_record(file: Path) -> dict[Key, Cell]:
    """Return the recorded cells, none where there is no record yet; raises ToolError."""
    return {cell.key: cell for cell in _load(file).cells} if file.exists() else {}


def update_record(file: Path, found: Results, catalogue: list[Patch]) -> None:
    """Put the stable cells of a run into the record, in the catalogue's order.

    The cells of other layers and patches stay, except those of patches that no longer exist.
    """
    old = _load(file) if file.exists() else found
    stable = [cell for cell in found.cells if cell.verdict != Verdict.UNSTABLE]
    cells = {cell.key: cell for cell in [*old.cells, *stable]}
    order = {(patch.kind, patch.name): number for number, patch in enumerate(catalogue)}
    kept = [key for key in cells if key[:2] in order]
    kept.sort(key=lambda key: (order[key[:2]], key[2]))
    whole = found if len(found.cells) == len(kept) else old
    Results(
        [cells[key] for key in kept], old.layers | found.layers, whole.seconds, whole.conditions
    ).save(file)


def read_first_run(file: Path) -> dict[Key, Cell]:
    """Return the verdicts of the first run, none where there was none."""
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {
        (Kind(kind), patch, layer): Cell(
            Kind(kind), patch, layer, Verdict(cell["verdict"]), cell.get("caught_by", [])
        )
        for kind, patches in content.items()
        for patch, layers in patches.items()
        for layer, cell in layers.items()
    }


def _load(file: Path) -> Results:
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        cells = [
            Cell(**{**cell, "kind": Kind(cell["kind"]), "verdict": Verdict(cell["verdict"])})
            for cell in content.pop("cells")
        ]
        layers = {name: LayerFacts(**facts) for name, facts in content.pop("layers").items()}
        return Results(cells, layers, **content)
    except FileNotFoundError as error:
        raise ToolError(f"There are no results in {file}. Type: make lab") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ToolError(f"{file} holds no results of the lab.") from error
