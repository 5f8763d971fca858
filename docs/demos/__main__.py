"""`python -m docs.demos NAME`: runs a demo of the guide; without a name, lists them."""

import importlib
import sys
from pathlib import Path

from tests.support.paths import own_files
from tools.command import end_with
from tools.common import ToolError

DEMOS = [file.stem for file in own_files(Path(__file__).parent, "[a-z]*.py")]


def run(names: list[str]) -> int:
    """Run the demo that is named; raises ToolError when there is none of that name."""
    if not names:
        print("Type: make demo WHAT=name. The demos are:", ", ".join(DEMOS))
    elif names[0] in DEMOS:
        importlib.import_module(f"docs.demos.{names[0]}").main()
    else:
        raise ToolError(f"There is no demo {names[0]!r}. The demos are: {', '.join(DEMOS)}.")
    return 0


if __name__ == "__main__":
    end_with(lambda: run(sys.argv[1:]))
