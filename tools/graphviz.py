"""`python -m tools.graphviz`: sees to it that the guide's diagrams can be drawn."""

import shutil
import sys

from tools import debian

PROGRAM = "dot"


def main() -> None:
    """Find Graphviz or install it; exit with one line when neither works."""
    if shutil.which(PROGRAM) or debian.install("graphviz", "it draws the guide's diagrams"):
        return
    sys.exit(
        "The guide's diagrams need Graphviz. Type: brew install graphviz, or your system's way"
    )


if __name__ == "__main__":
    main()
