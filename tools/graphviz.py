"""`python -m tools.graphviz`: finds or installs Graphviz, which draws the guide's diagrams."""

import shutil
import sys

from tools import debian

PROGRAM = "dot"


def main() -> None:
    """Find Graphviz or install it; exit with one line if neither works."""
    if shutil.which(PROGRAM) or debian.install("graphviz", "it draws the guide's diagrams"):
        return
    sys.exit(
        "The guide's diagrams need Graphviz. Type: brew install graphviz"
        " (or install it with your system's package manager)"
    )


if __name__ == "__main__":
    main()
