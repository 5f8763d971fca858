"""The directive `lab-table` and the role `lab`: what the lab found, put in when the site is built.

The lab's report becomes a page of the site, too.
"""

from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from docs.site import findings
from lab import results
from lab.report import literally
from lab.tables import Table

REPORT = "lab-report.html"


class LabTable(SphinxDirective):
    """The argument is the table's name; `run` is first or today, `rows` lists heads of rows."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "run": lambda argument: directives.choice(argument, (findings.TODAY, findings.FIRST)),
        "rows": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table, or those of its rows that are wanted."""
        self.env.note_dependency(results.RECORDED)
        report = findings.report(self.options.get("run", findings.TODAY))
        name = self.arguments[0]
        if name not in findings.TABLES:
            raise self.error(f"The lab has no table {name!r}, but {', '.join(findings.TABLES)}.")
        table = findings.TABLES[name](report)
        wanted = [head.strip() for head in self.options.get("rows", "").split(";") if head.strip()]
        return self.parse_text_to_nodes("\n".join(_markdown(table, wanted)))


def _markdown(table: Table, wanted: list[str]) -> list[str]:
    rows = [row for row in table.rows if not wanted or row[0] in wanted]
    # A head without words tells nothing to whom it is read aloud.
    heads = tuple(head or table.title for head in table.heads)
    return [
        _row(heads),
        _row(("---",) * len(heads)),
        *(_row(tuple(literally(cell) for cell in row)) for row in rows),
    ]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


class Figure(SphinxRole):
    """A figure by its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return it as text; an unknown name is an error."""
        self.env.note_dependency(results.RECORDED)
        known = findings.by_name()
        if self.text not in known:
            message = f"The lab has no figure {self.text!r}, but {', '.join(known)}."
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [nodes.Text(known[self.text])], []


def _add_report(app: Sphinx, error: Exception | None) -> None:
    if not error:
        page = findings.report().page()
        Path(app.outdir, REPORT).write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of them."""
    app.add_directive("lab-table", LabTable)
    app.add_role("lab", Figure())
    app.connect("build-finished", _add_report)
    return {"parallel_read_safe": True}
