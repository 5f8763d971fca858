"""What the lab says at a terminal, or in a log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from lab import figures, tables
from lab.analysis import Analysis, Matrix
from lab.catalogue import Kind, Patch
from lab.headline import headline
from lab.results import SEEN, Cell, Results, Verdict
from lab.verdicts import Key
from tools.common import LAYERS

WIDTH = 100
STYLES = {
    **{tables.word(verdict): "bold green" for verdict in SEEN},
    tables.word(Verdict.UNNOTICED): "red",
    tables.word(Verdict.FALSE_ALARM): "bold red",
    tables.word(Verdict.UNSTABLE): "bold red",
}


@contextmanager
def progress(number: int) -> Iterator[Callable[[Cell], None]]:
    """Show how many cells are known: a bar at a terminal, elsewhere a line for each."""
    console = Console(stderr=True)
    if not console.is_terminal:
        count = iter(range(1, number + 1))
        yield lambda cell: print(
            f"{next(count)}/{number} {cell.patch}, {cell.layer}: {cell.verdict}"
            f" ({cell.seconds:.1f} s)",
            flush=True,
        )
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("baseline", total=number)

        def note(cell: Cell) -> None:
            bar.update(task, advance=1, description=f"{cell.patch}, {cell.layer}: {cell.verdict}")

        yield note


def print_matrix(found: Results, catalogue: list[Patch]) -> None:
    """Print the verdict of each layer about each patch that was tried."""
    patches = Matrix(found.cells, catalogue).patches
    for kind in Kind:
        _print(tables.matrix(found.cells, found.layers, patches, kind))


def print_catalogue(catalogue: list[Patch], record: dict[Key, Cell]) -> None:
    """Print every patch, with the verdicts that are recorded of it."""
    for kind in Kind:
        _print(tables.matrix(record.values(), LAYERS, catalogue, kind))


def print_analysis(analysis: Analysis) -> None:
    """Print what the verdicts say about the layers."""
    for table in figures.all_of(analysis):
        _print(table)
    for sentence in headline(analysis):
        _console().print(sentence, highlight=False)


def print_grade(found: Results, catalogue: list[Patch]) -> None:
    """Print the verdicts about somebody's tests, and what they come to."""
    print_matrix(found, catalogue)
    matrix = Matrix(found.cells, catalogue)
    seen, alarms = matrix.sensitivity(found.layers), matrix.false_alarms(found.layers)
    _console().print(
        f"Faults seen: {seen.count} of {seen.total}."
        f" False alarms: {alarms.count} of {alarms.total}.",
        highlight=False,
    )


def _print(content: tables.Table) -> None:
    console = _console()
    if content.rows:
        console.print(_table(content))
    if content.note:
        console.print(f"{content.note}\n", highlight=False)


def _table(content: tables.Table) -> Table:
    table = Table(title=content.title, title_justify="left", box=SIMPLE_HEAD)
    for head in content.heads:
        table.add_column(head, overflow="fold")
    for row in content.rows:
        table.add_row(*(Text(cell, STYLES.get(cell, "")) for cell in row))
    return table


def _console() -> Console:
    """Return where to print; a log has no width of its own."""
    console = Console()
    return Console(width=min(console.width, WIDTH) if console.is_terminal else WIDTH)
