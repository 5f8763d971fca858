"""The directive `diagram`: a text in Graphviz' language becomes a drawing within the page."""

import re
import subprocess
from html import escape
from itertools import count
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from tools.graphviz import PROGRAM

# The drawing takes the colours and the font of the page around it.
LOOK = [
    "-Gbgcolor=transparent",
    "-Gfontname=sans-serif",
    "-Nfontname=sans-serif",
    "-Efontname=sans-serif",
    "-Nshape=box",
    "-Nstyle=rounded",
    "-Nfontsize=12",
    "-Efontsize=11",
]
NUMBERS = count(1)


class Diagram(SphinxDirective):
    """The argument is the title; the option `description` tells in words what one would see."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"description": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the drawing, with its title below it."""
        title, description = self.arguments[0], self.options.get("description")
        if not description:
            raise self.error("A diagram needs a description.")
        try:
            drawing = _drawing("\n".join(self.content), description)
        except subprocess.CalledProcessError as error:
            raise self.error(f"Graphviz does not understand this: {error.stderr}") from error
        html = f'<figure class="diagram">{drawing}<figcaption>{escape(title)}</figcaption></figure>'
        return [nodes.raw("", html, format="html")]


def _drawing(text: str, description: str) -> str:
    """Return an SVG element; raises CalledProcessError where the text is no diagram."""
    command = [PROGRAM, "-Tsvg", *LOOK]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    svg = done.stdout[done.stdout.index("<svg") :]
    # A title within would be shown where the mouse rests, and it is a name that nobody knows.
    svg = re.sub(r"<title>.*?</title>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r' id="[^"]*"', "", svg)
    for colour in ('"black"', '"#000000"'):
        svg = svg.replace(colour, '"currentColor"')
    svg = re.sub(r"<text ", '<text fill="currentColor" ', svg)
    name = f"diagram-{next(NUMBERS)}"
    words = f'<desc id="{name}">{escape(description)}</desc>'
    return re.sub(r"<svg ([^>]*)>", rf'<svg role="img" aria-labelledby="{name}" \1>{words}', svg)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of it."""
    app.add_directive("diagram", Diagram)
    return {"parallel_read_safe": True}
