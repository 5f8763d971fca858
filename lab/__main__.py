"""`python -m lab COMMAND`: plants faults and shows which layer of tests goes red.

Exit code 0: every verdict is as recorded; 1: a verdict differs or is unstable; 2: an error.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from lab import author, report, run
from tools.command import end_with
from tools.common import LAYERS


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every error is one line."""
    chosen = _parser().parse_args(arguments)
    end_with(lambda: chosen.command(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("run", help="plant faults, and show which layer goes red")
    command.set_defaults(command=run.main)
    command.add_argument(
        "names", nargs="*", metavar="FAULT", help="by default, the whole catalogue"
    )
    command.add_argument("--layer", action="append", choices=LAYERS)
    command.add_argument(
        "--exhaustive", action="store_true", help="run each fault alone, and every test"
    )
    command.add_argument("--shard", metavar="I/N", help="try the I-th of N parts of the catalogue")
    command.add_argument("--jobs", type=int, metavar="N", default=os.cpu_count() or 1)
    command.add_argument("--record", action="store_true", help="put the verdicts into the record")

    command = commands.add_parser("list", help="print the catalogue")
    command.set_defaults(command=author.list_all)

    command = commands.add_parser(
        "show", help="print a fault: its header, its diff, what caught it"
    )
    command.set_defaults(command=author.show)
    command.add_argument("name", metavar="FAULT")

    command = commands.add_parser("check", help="does every patch still apply?")
    command.set_defaults(command=author.check)

    command = commands.add_parser("new", help="turn your changes in app/ into a fault")
    command.set_defaults(command=author.new)
    command.add_argument("name", metavar="NAME")

    command = commands.add_parser("grade", help="grade a folder of tests by the catalogue")
    command.set_defaults(command=run.grade)
    command.add_argument("folder", type=Path, metavar="DIR")

    command = commands.add_parser("report", help="print the figures, and write the page")
    command.set_defaults(command=report.main)
    command.add_argument("results", nargs="*", type=Path, metavar="RESULTS")
    return parser


if __name__ == "__main__":
    main()
