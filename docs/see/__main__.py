"""`python -m docs.see NAME`: runs a show of the guide; without a name, lists them."""

import runpy
import sys
from pathlib import Path

SHOWS = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main(names: list[str]) -> None:
    """Run the one show that is named; exit with one line when there is none."""
    if not names:
        print("Type: make see WHAT=name, and for the name one of", ", ".join(SHOWS))
    elif names[0] in SHOWS:
        runpy.run_module(f"docs.see.{names[0]}", run_name="__main__")
    else:
        sys.exit(f"There is no show {names[0]!r}, but {', '.join(SHOWS)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
