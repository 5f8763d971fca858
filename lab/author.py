"""`python -m lab list`, `show` and `new`: for people who read the catalogue, or add to it."""

import argparse

from rich.console import Console
from rich.syntax import Syntax

from lab import catalogue, results, terminal
from lab.catalogue import FIELDS, NAME, TOPICS, Kind
from lab.copies import plant
from lab.results import Cell
from tools.common import LAYERS, ROOT, ToolError
from tools.git import DIFF, git, require_history


def list_all(_chosen: argparse.Namespace) -> int:
    """Print the catalogue, with the recorded verdicts."""
    terminal.print_catalogue(catalogue.read_all(), results.read_record(results.RECORDED))
    return 0


def show(chosen: argparse.Namespace) -> int:
    """Print the header and the diff of a fault, and which assertion of which test caught it."""
    [patch] = catalogue.select([chosen.name], catalogue.read_all())
    console = Console(soft_wrap=True)
    console.print(f"[bold]{patch.title}[/bold]  ({patch.kind}, {TOPICS[patch.topic]})")
    for label, text in (
        ("Suffers", patch.suffers),
        ("Lesson", patch.lesson),
        ("Source", patch.source),
        ("Predicted", ", ".join(sorted(patch.predicted)) or "none"),
    ):
        console.print(f"{label}: ", end="")
        console.print(text, markup=False)
    console.print(
        Syntax(patch.diff.strip(), "diff", theme="ansi_light", background_color="default")
    )
    for cell in _cells(patch.name):
        console.print(
            f"{cell.layer}: {cell.verdict}", *cell.caught_by[:3], sep="\n    ", markup=False
        )
        if cell.where:
            console.print(f"    {cell.where}\n    {cell.message}", markup=False)
    return 0


def check(_chosen: argparse.Namespace) -> int:
    """Check that every patch still applies; raises ToolError for the first that does not."""
    for patch in catalogue.read_all():
        plant(patch, ROOT, "--check")
    return 0


def _cells(name: str) -> list[Cell]:
    """Return the cells of a patch from the last run that tried it, or else from the record."""
    known = results.read_record(results.RECORDED)
    for file in (results.LATEST, results.PART):
        if file.exists():
            known |= {cell.key: cell for cell in results.load([file]).cells}
    return sorted(
        (cell for cell in known.values() if cell.patch == name),
        key=lambda cell: LAYERS.index(cell.layer),
    )


def new(chosen: argparse.Namespace) -> int:
    """Turn the changes in app/ into a fault; a person fills in its header."""
    path = Kind.FAULT.folder / f"{chosen.name}.patch"
    if not NAME.fullmatch(chosen.name):
        raise ToolError(
            f"The name {chosen.name!r} does not consist of lower-case words and hyphens."
        )
    if path.exists():
        raise ToolError(f"There already is a fault {chosen.name}.")
    require_history(ROOT)
    diff = git(*DIFF, "--relative", "HEAD", "--", "app", folder=ROOT)
    if not diff:
        raise ToolError("Nothing in app/ differs from the last commit. Break something first.")
    path.write_text("".join(f"{field}:\n" for field in FIELDS) + f"\n{diff}", encoding="utf-8")
    print(
        f"Wrote {path.relative_to(ROOT)}. Restore app/ (git checkout app), fill in the header,"
        f" and type: python -m lab run {chosen.name}"
    )
    return 0
