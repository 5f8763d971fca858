"""What the lab found, for the pages: its tables, its figures by name, and its report.

`lab-table` shows a table, `{lab}`name`` a figure. All come from the recorded run when the site is
built.
"""

from functools import cache
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from lab import catalogue, figures, results
from lab.report import Report, literally, report_on
from lab.tables import Table

REPORT = "lab-report.html"


@cache
def report() -> Report:
    """Return the report on the recorded run."""
    return report_on(results.load([results.RECORDED_RUN]), catalogue.read_all())


@cache
def figures_by_name() -> dict[str, str]:
    """Return each figure that a page may name."""
    analysis = report().analysis
    together = analysis.sets[-1]
    found = {
        "faults": str(together.seen.total),
        "refactorings": str(together.false_alarms.total),
        "together.seen": str(together.seen.count),
        "together.seconds": f"{together.seconds:.0f}",
        "first.together": str(together.seen.total - len(analysis.missed_at_first)),
        "first.missed": str(len(analysis.missed_at_first)),
        "missed": str(len(analysis.missed_by_all)),
    }
    for layer in analysis.layers:
        found |= {
            f"{layer.name}.tests": f"{layer.tests:,}",
            f"{layer.name}.seconds": f"{layer.seconds:.0f}",
            f"{layer.name}.first": str(layer.first.count),
            f"{layer.name}.seen": str(layer.seen.count),
            f"{layer.name}.missed": str(layer.unnoticed + layer.unreached),
            f"{layer.name}.unnoticed": str(layer.unnoticed),
            f"{layer.name}.only": str(len(layer.only_here)),
            f"{layer.name}.alarms": str(layer.false_alarms.count),
            f"{layer.name}.lines": f"{layer.lines_percent:.0f}",
            f"{layer.name}.seconds-per-fault": f"{layer.seconds_per_fault or 0:.1f}",
        }
    return found


TABLES = {
    "layers": figures.layers,
    "sets": figures.sets,
    "additions": figures.additions,
    "predictions": figures.predictions,
}


class LabTable(SphinxDirective):
    """The argument is the table's name."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"rows": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the table, or those of its rows whose heads the option `rows` lists."""
        self.env.note_dependency(results.RECORDED_RUN)
        table = TABLES[self.arguments[0]](report().analysis)
        wanted = [head.strip() for head in self.options.get("rows", "").split(";") if head.strip()]
        return self.parse_text_to_nodes("\n".join(_markdown(table, wanted)))


def _markdown(table: Table, wanted: list[str]) -> list[str]:
    rows = [row for row in table.rows if not wanted or row[0] in wanted]
    return [
        _row(table.heads),
        _row(("---",) * len(table.heads)),
        *(_row(tuple(literally(cell) for cell in row)) for row in rows),
    ]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


class Figure(SphinxRole):
    """A figure by its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return it as text; an unknown name is an error."""
        self.env.note_dependency(results.RECORDED_RUN)
        known = figures_by_name()
        if self.text not in known:
            message = f"The lab has no figure {self.text!r}, but {', '.join(known)}."
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [nodes.Text(known[self.text])], []


def _add_report(app: Sphinx, error: Exception | None) -> None:
    if not error:
        Path(app.outdir, REPORT).write_text(report().page(), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of them."""
    app.add_directive("lab-table", LabTable)
    app.add_role("lab", Figure())
    app.connect("build-finished", _add_report)
    return {"parallel_read_safe": True}
