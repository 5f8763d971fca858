"""`python -m lab COMMAND`: plants faults and sees which layer of tests goes red.

Exit code 0: all is as recorded; 1: a verdict is not, or is unstable; 2: it could not be done.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from lab import author, grade, report, run
from tools.command import end_with
from tools.common import LAYERS


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments say; every error is one line."""
    chosen = _parser().parse_args(arguments)
    end_with(lambda: chosen.command(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("run", help="plant faults, and see which layer goes red")
    command.set_defaults(command=run.main)
    command.add_argument(
        "names", nargs="*", metavar="FAULT", help="by default, the whole catalogue"
    )
    command.add_argument("--layer", action="append", metavar="L", help=", ".join(LAYERS))
    command.add_argument("--exhaustive", action="store_true", help="run every test to its end")
    command.add_argument("--shard", metavar="I/N", help="take the I-th of N parts of the catalogue")
    command.add_argument("--jobs", type=int, metavar="N", default=os.cpu_count() or 1)
    command.add_argument("--record", action="store_true", help="make what is found the record")

    command = commands.add_parser("list", help="print the catalogue")
    command.set_defaults(command=author.list_all)

    command = commands.add_parser("show", help="print a fault: its story, its diff, who caught it")
    command.set_defaults(command=author.show)
    command.add_argument("name", metavar="FAULT")

    command = commands.add_parser("new", help="make a fault of what you changed in app/")
    command.set_defaults(command=author.new)
    command.add_argument("name", metavar="NAME")

    command = commands.add_parser("grade", help="judge somebody's tests by the catalogue")
    command.set_defaults(command=grade.main)
    command.add_argument("folder", type=Path, metavar="DIR")

    command = commands.add_parser("report", help="print the figures, and make the page")
    command.set_defaults(command=report.main)
    command.add_argument("results", nargs="*", type=Path, metavar="RESULTS")
    return parser


if __name__ == "__main__":
    main()
