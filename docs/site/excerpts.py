"""The directive `excerpt`: lines of a file of this repository, taken when the site is built."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from pygments.lexers import get_lexer_for_filename
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude
from sphinx.util.typing import ExtensionMetadata, OptionSpec


class Excerpt(LiteralInclude):
    """Show a function or class by its name, or the lines from one text to another.

    The argument is a path from the project's root. What is not there is a warning, and warnings
    are errors: https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html
    """

    option_spec: ClassVar[OptionSpec] = {
        "object": directives.unchanged_required,
        "from": directives.unchanged_required,
        "to": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Let Sphinx do it, with the path as the caption."""
        path = self.arguments[0]
        names = {"object": "pyobject", "from": "start-at", "to": "end-at"}
        self.options = {names[name]: value for name, value in self.options.items()}
        self.options |= {
            # A caption is Markdown, to which the name of `__init__.py` would be bold.
            "caption": path.replace("_", r"\_"),
            "dedent": None,
            "language": get_lexer_for_filename(path).aliases[0],
        }
        self.arguments = [f"/../{path}"]
        return super().run()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of it."""
    app.add_directive("excerpt", Excerpt)
    return {"parallel_read_safe": True}
