"""`python -m docs.demos NAME`: runs a demo of the guide; without a name, lists them."""

import runpy
import sys
from pathlib import Path

DEMOS = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main(names: list[str]) -> None:
    """Run the demo that is named; exit with one line when there is none of that name."""
    if not names:
        print("Type: make demo WHAT=name. The demos are:", ", ".join(DEMOS))
    elif names[0] in DEMOS:
        runpy.run_module(f"docs.demos.{names[0]}", run_name="__main__")
    else:
        sys.exit(f"There is no demo {names[0]!r}. The demos are: {', '.join(DEMOS)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
