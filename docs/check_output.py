"""`python -m docs.check_output`: runs the commands shown in the guide and compares their output.

A page shows a command in a fence marked `console`: a line that begins with "$ ", then the output.
Numbers may differ from run to run. `--record` writes the present output into the page. Exit code
1: a command prints something else or is too slow; 2: there is no such page.
"""

import argparse
import difflib
import os
import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support import children
from tests.support.environment import clean_environment
from tests.support.paths import own_files
from tools.command import end_with
from tools.common import ROOT, ToolError

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)^```$", re.MULTILINE)
# A reader should wait ten seconds at most. Three times that is too slow on any machine. Only the
# processor's time counts, which does not depend on what else the machine does.
MAX_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Example:
    """A command shown on a page, and the output shown below it."""

    page: Path
    command: str
    output: str


def main() -> int:
    """Run the examples of all pages; return 1 when the output of one differs."""
    parser = argparse.ArgumentParser(prog="python -m docs.check_output", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="by default, all")
    parser.add_argument("--record", action="store_true", help="write the output into the page")
    arguments = parser.parse_args()
    pages = [page.resolve() for page in arguments.pages] or own_files(DOCS, "**/*.md")
    examples = [example for page in pages for example in read_examples(page)]
    passed = sum(_check(example, record=arguments.record) for example in examples)
    print(f"{passed} of {len(examples)} commands print what their pages show.")
    return int(passed < len(examples))


def read_examples(page: Path) -> list[Example]:
    """Return the commands that a page shows together with their output; raises ToolError."""
    if not page.is_file():
        raise ToolError(f"There is no page {page}.")
    text = page.read_text(encoding="utf-8")
    return [Example(page, match["command"], match["output"]) for match in FENCE.finditer(text)]


def normalize(output: str) -> str:
    """Replace each number by 0, and each run of spaces, which only aligns columns, by one."""
    output = re.sub(r"\d+(?:[.,:]\d+)*", "0", output)
    return re.sub(r"[ \t]+", " ", output).strip()


def _check(example: Example, *, record: bool) -> bool:
    print(f"{example.page.relative_to(ROOT)}: {example.command}", end=" ", flush=True)
    before = _processor_seconds()
    output = _run(example.command)
    seconds = _processor_seconds() - before
    print(f"({seconds:.1f} s)", flush=True)
    if record:
        _record(example, output)
    elif normalize(output) != normalize(example.output):
        print(*_diff(example.output, output), sep="\n")
        return False
    if seconds > MAX_SECONDS:
        print(f"It takes more than {MAX_SECONDS} seconds of a processor.")
    return seconds <= MAX_SECONDS


def _processor_seconds() -> float:
    """Return the time of all processes that have ended and were waited for, as descendants are."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: str) -> str:
    with children.running(
        ["bash", "-c", command],
        cwd=ROOT,
        # Without CI, for example, in which pytest prints more.
        env=clean_environment(NO_COLOR="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        output, _ = process.communicate()
    lines = output.strip("\n").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines).replace(f"{ROOT}{os.sep}", "")


def _diff(example: str, output: str) -> list[str]:
    shown, printed = (normalize(text).splitlines() for text in (example, output))
    return list(difflib.unified_diff(shown, printed, "on the page", "printed", lineterm=""))


def _record(example: Example, output: str) -> None:
    text = example.page.read_text(encoding="utf-8")
    head = f"```console\n$ {example.command}\n"
    text = text.replace(f"{head}{example.output}```", f"{head}{output}```")
    example.page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    end_with(main)
