"""`python -m docs.see_it`: runs what the guide's pages invite to see, and compares the output.

A page shows it as a fence marked `console`: a line that begins with "$ ", then what the command
prints. Numbers may differ from run to run. `--record` writes down what is printed now. Exit code
1: something prints something else, or takes too long; 2: there is no such page.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools.common import ROOT, ToolError

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)^```$", re.MULTILINE)
# A page promises ten seconds on a machine that has nothing else to do. What takes thrice that is
# wrong on any.
SECONDS = 30
# What make says to make, and what makes pytest more talkative under CI, is not for the page.
FOREIGN = ("CI", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "GITHUB_STEP_SUMMARY", "PYTEST_ADDOPTS")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a page says that a command prints."""

    page: Path
    command: str
    output: str


@dataclass(frozen=True, slots=True)
class Run:
    """What the command really printed, and for how many seconds it ran."""

    output: str
    seconds: float


def main() -> None:
    """Try each promise and tell how it went; exit with 1 when one is not kept."""
    parser = argparse.ArgumentParser(prog="python -m docs.see_it", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="by default, all")
    parser.add_argument("--record", action="store_true", help="write down what is printed now")
    chosen = parser.parse_args()
    try:
        found = [promise for page in _pages(chosen.pages) for promise in promises(page)]
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    broken = [promise for promise in found if not _try(promise, record=chosen.record)]
    print(f"{len(found) - len(broken)} of {len(found)} commands print what their pages say.")
    sys.exit(bool(broken))


def promises(page: Path) -> list[Promise]:
    """Return what a page promises."""
    text = page.read_text(encoding="utf-8")
    return [Promise(page, match["command"], match["output"]) for match in FENCE.finditer(text)]


def normalised(output: str) -> str:
    """Return output with each number replaced, and without spaces that only make columns."""
    output = re.sub(r"\d+(?:[.,:]\d+)*", "0", output)
    return re.sub(r"[ \t]+", " ", output).strip()


def _pages(chosen: list[Path]) -> list[Path]:
    for page in chosen:
        if not page.is_file():
            raise ToolError(f"There is no page {page}.")
    return [page.resolve() for page in chosen] or sorted(DOCS.rglob("*.md"))


def _try(promise: Promise, *, record: bool) -> bool:
    place = promise.page.relative_to(ROOT)
    print(f"{place}: {promise.command}", end=" ", flush=True)
    run = _run(promise.command)
    print(f"({run.seconds:.1f} s)", flush=True)
    if record:
        _record(promise, run)
    elif normalised(run.output) != normalised(promise.output):
        print(*_difference(promise, run), sep="\n")
        return False
    if run.seconds > SECONDS:
        print(f"It takes more than {SECONDS} seconds.")
    return run.seconds <= SECONDS


def _run(command: str) -> Run:
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    begin = time.monotonic()
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment | {"NO_COLOR": "1", "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    output = "".join(f"{line}\n" for line in lines).replace(f"{ROOT}{os.sep}", "")
    return Run(output, time.monotonic() - begin)


def _difference(promise: Promise, run: Run) -> list[str]:
    expected, printed = (normalised(text).splitlines() for text in (promise.output, run.output))
    return list(difflib.unified_diff(expected, printed, "on the page", "printed", lineterm=""))


def _record(promise: Promise, run: Run) -> None:
    text = promise.page.read_text(encoding="utf-8")
    before = f"```console\n$ {promise.command}\n"
    new = text.replace(f"{before}{promise.output}```", f"{before}{run.output}```")
    promise.page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
