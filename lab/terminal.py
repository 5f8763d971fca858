"""What the lab prints at a terminal, or into a log."""

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
from lab.results import SEEN, Cell, Key, Results, Verdict
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
    """Show how many cells are known: a bar at a terminal, a line for each cell in a log."""
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

        def show(cell: Cell) -> None:
            bar.update(task, advance=1, description=f"{cell.patch}, {cell.layer}: {cell.verdict}")

        yield show


def print_matrix(found: Results, catalogue: list[Patch]) -> None:
    """Print the verdict of each layer on each patch that was tried."""
    patches = Matrix(found.cells, catalogue).patches
    for kind in Kind:
        _print(tables.matrix(found.cells, found.layers, patches, kind))


def print_catalogue(catalogue: list[Patch], record: dict[Key, Cell]) -> None:
    """Print every patch, with its recorded verdicts."""
    for kind in Kind:
        _print(tables.matrix(record.values(), LAYERS, catalogue, kind))


def print_analysis(analysis: Analysis) -> None:
    """Print what the verdicts say about the layers."""
    for table in figures.all_of(analysis):
        _print(table)
    for sentence in headline(analysis):
        _console().print(sentence, highlight=False)


def print_grade(found: Results, catalogue: list[Patch]) -> None:
    """Print the verdicts of the submitted tests, and their totals."""
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
    """Return the console, with a fixed width where the output is not a terminal."""
    console = Console()
    return Console(width=min(console.width, WIDTH) if console.is_terminal else WIDTH)
