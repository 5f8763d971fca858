"""The directive `fault`: a fault of the lab to plant, and, folded away, which layers notice."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from lab import catalogue, results
from lab.catalogue import Kind, Patch
from lab.results import RED, Cell
from tools.common import LAYERS, ToolError


class Fault(SphinxDirective):
    """The argument is the fault's name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Tell its story from the catalogue, and who notices from the recorded verdicts."""
        try:
            (patch,) = catalogue.select(self.arguments, catalogue.read_all())
        except ToolError as error:
            raise self.error(str(error)) from error
        record = results.read_record(results.RECORDED)
        self.env.note_dependency(patch.path)
        self.env.note_dependency(results.RECORDED)
        cells = [record[Kind.FAULT, patch.name, layer] for layer in LAYERS]
        return self.parse_text_to_nodes("\n".join(_text(patch, cells)))


def _text(patch: Patch, cells: list[Cell]) -> list[str]:
    red = [cell for cell in cells if cell.caught_by]
    return [
        f"**{patch.title}.** {patch.suffers}",
        "",
        "```sh",
        f"git apply lab/faults/{patch.name}.patch",
        *(f"make test-{cell.layer} ARGS='-k {_test(cell)}'" for cell in red),
        "git checkout app",
        "```",
        "",
        "Which layers will notice? Bet before you look.",
        "",
        "<details><summary>What goes red</summary>",
        "",
        *(f"- **{cell.layer}**: {_outcome(cell)}" for cell in cells),
        "",
        patch.lesson,
        "",
        "</details>",
    ]


def _test(cell: Cell) -> str:
    return cell.caught_by[0].partition("::")[2].partition("[")[0]


def _outcome(cell: Cell) -> str:
    if cell.verdict in RED and cell.caught_by:
        return f"{cell.verdict} by `{_test(cell)}` in `{cell.caught_by[0].partition('::')[0]}`"
    return str(cell.verdict)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of it."""
    app.add_directive("fault", Fault)
    return {"parallel_read_safe": True}
