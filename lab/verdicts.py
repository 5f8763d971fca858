"""The recorded verdicts: what is known of the suite, so that a run can say what changed."""

import json
from pathlib import Path
from typing import Any

from lab.catalogue import Kind, Patch
from lab.results import Cell, Verdict
from tools.common import ToolError

Key = tuple[Kind, str, str]


def read(file: Path) -> dict[Key, Cell]:
    """Return what is recorded, by kind, patch and layer; raises ToolError.

    Nothing where there is no record.
    """
    try:
        return _cells(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ToolError(f"{file} holds no verdicts of the lab.") from error


def _cells(content: dict[str, Any]) -> dict[Key, Cell]:
    return {
        (Kind(kind), patch, layer): Cell(
            Kind(kind), patch, layer, Verdict(cell["verdict"]), cell.get("caught_by", [])
        )
        for kind, patches in content.items()
        for patch, layers in patches.items()
        for layer, cell in layers.items()
    }


def write(file: Path, cells: dict[Key, Cell], catalogue: list[Patch]) -> None:
    """Record the verdict of each cell and the first test that tells, in the catalogue's order."""
    content: dict[str, dict[str, dict[str, object]]] = {}
    for patch in catalogue:
        for (kind, name, layer), cell in sorted(cells.items()):
            if (kind, name) == (patch.kind, patch.name):
                caught_by = {"caught_by": cell.caught_by[:1]} if cell.caught_by else {}
                layers = content.setdefault(kind, {}).setdefault(name, {})
                layers[layer] = {"verdict": cell.verdict, **caught_by}
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
