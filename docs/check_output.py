"""`python -m docs.check_output`: runs the commands shown in the guide and compares their output.

A page shows a command in a fence marked `console`: a line that begins with "$ ", then the output.
Numbers may differ from run to run. `--record` writes the present output into the page. Exit code
1: a command prints something else or takes too long; 2: there is no such page.
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
# The guide promises ten seconds on an idle machine. Three times that is too slow on any machine.
MAX_SECONDS = 30
# make's own variables, and those that make pytest print more under CI, would change the output.
UNWANTED_VARIABLES = (
    "CI",
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
    "GITHUB_STEP_SUMMARY",
    "PYTEST_ADDOPTS",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A command shown on a page, and the output shown below it."""

    page: Path
    command: str
    output: str


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed, and how many seconds it took."""

    output: str
    seconds: float


def main() -> None:
    """Run the examples of all pages; exit with 1 when the output of one differs."""
    parser = argparse.ArgumentParser(prog="python -m docs.check_output", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="by default, all")
    parser.add_argument("--record", action="store_true", help="write the output into the page")
    arguments = parser.parse_args()
    try:
        examples = [example for page in _pages(arguments.pages) for example in read_examples(page)]
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    failed = [example for example in examples if not _check(example, record=arguments.record)]
    passed = len(examples) - len(failed)
    print(f"{passed} of {len(examples)} commands print what their pages show.")
    sys.exit(bool(failed))


def read_examples(page: Path) -> list[Example]:
    """Return the commands that a page shows together with their output."""
    text = page.read_text(encoding="utf-8")
    return [Example(page, match["command"], match["output"]) for match in FENCE.finditer(text)]


def normalize(output: str) -> str:
    """Replace each number by 0, and each run of spaces, which only aligns columns, by one."""
    output = re.sub(r"\d+(?:[.,:]\d+)*", "0", output)
    return re.sub(r"[ \t]+", " ", output).strip()


def _pages(paths: list[Path]) -> list[Path]:
    for page in paths:
        if not page.is_file():
            raise ToolError(f"There is no page {page}.")
    return [page.resolve() for page in paths] or sorted(DOCS.rglob("*.md"))


def _check(example: Example, *, record: bool) -> bool:
    page = example.page.relative_to(ROOT)
    print(f"{page}: {example.command}", end=" ", flush=True)
    run = _run(example.command)
    print(f"({run.seconds:.1f} s)", flush=True)
    if record:
        _record(example, run)
    elif normalize(run.output) != normalize(example.output):
        print(*_diff(example, run), sep="\n")
        return False
    if run.seconds > MAX_SECONDS:
        print(f"It takes more than {MAX_SECONDS} seconds.")
    return run.seconds <= MAX_SECONDS


def _run(command: str) -> Run:
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED_VARIABLES}
    started = time.monotonic()
    completed = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=kept | {"NO_COLOR": "1", "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line.rstrip() for line in completed.stdout.strip("\n").splitlines()]
    output = "".join(f"{line}\n" for line in lines).replace(f"{ROOT}{os.sep}", "")
    return Run(output, time.monotonic() - started)


def _diff(example: Example, run: Run) -> list[str]:
    shown, printed = (normalize(text).splitlines() for text in (example.output, run.output))
    return list(difflib.unified_diff(shown, printed, "on the page", "printed", lineterm=""))


def _record(example: Example, run: Run) -> None:
    text = example.page.read_text(encoding="utf-8")
    head = f"```console\n$ {example.command}\n"
    text = text.replace(f"{head}{example.output}```", f"{head}{run.output}```")
    example.page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
