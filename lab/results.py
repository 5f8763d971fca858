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
RECORDED = LAB / "verdicts.json"
FIRST = LAB / "first-run.json"
# A whole run, with all that it found: what the guide and the report within it are made of.
RECORDED_RUN = LAB / "recorded-run.json"


class Verdict(StrEnum):
    """What a layer makes of a patch."""

    CAUGHT = "caught"
    BROKE = "broke"
    TIMED_OUT = "timed out"
    UNNOTICED = "missed though executed"
    UNREACHED = "missed, never executed"
    FALSE_ALARM = "false alarm"
    ACCEPTED = "accepted"
    UNSTABLE = "unstable"


# A developer sees that something is wrong, be it by a test or by a run that does not begin.
SEEN = (Verdict.CAUGHT, Verdict.BROKE, Verdict.TIMED_OUT)
RED = (*SEEN, Verdict.FALSE_ALARM)


@dataclass(frozen=True, slots=True)
class Cell:
    """One patch and one layer: the verdict, who said so and where, and what it cost."""

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
    def key(self) -> tuple[Kind, str, str]:
        """Which cell of the matrix it is."""
        return self.kind, self.patch, self.layer


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What the baseline tells of a layer: how large it is, how long it takes, what it reaches."""

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
        """Write it down as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load(files: Iterable[Path]) -> Results:
    """Put the parts of an experiment together; raises ToolError.

    A cell that two parts have, each with another verdict, is unstable.
    """
    cells: dict[tuple[Kind, str, str], Cell] = {}
    parts = [_load(file) for file in files]
    for cell in (cell for part in parts for cell in part.cells):
        other = cells.setdefault(cell.key, cell)
        if other.verdict != cell.verdict:
            message = f"{other.verdict}, then {cell.verdict}"
            cells[cell.key] = Cell(*cell.key, Verdict.UNSTABLE, cell.caught_by, message=message)
    facts = {layer: facts for part in parts for layer, facts in part.layers.items()}
    seconds = sum(part.seconds for part in parts)
    return Results(list(cells.values()), facts, seconds, parts[0].conditions)


def renew(file: Path, found: Results, catalogue: Iterable[Patch]) -> None:
    """Put what was found now in the place of what the file has of the same patches and layers.

    Of patches that the catalogue no longer has, nothing stays.
    """
    old = _load(file) if file.exists() else found
    names = {(patch.kind, patch.name) for patch in catalogue}
    cells = {cell.key: cell for cell in [*old.cells, *found.cells]}
    kept = [cell for cell in cells.values() if (cell.kind, cell.patch) in names]
    whole = found if len(found.cells) == len(kept) else old
    Results(kept, old.layers | found.layers, whole.seconds, whole.conditions).save(file)


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
