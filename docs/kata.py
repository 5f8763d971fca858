"""`python -m docs.kata`: walks the kata in a copy: each patch in turn, and then its tests.

With the number of a step it goes there at once, and shows that step: story, diff, and what the
tests say. Exit code 0: each step is what it says, red or green; 1: one is not; 2: a patch does
not apply any more, or the arguments mean nothing.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.syntax import Syntax

from docs.kata_steps import Step, read_all
from lab import layers
from lab.copies import Copy
from lab.layers import Order, Outcome
from lab.processes import Processes
from tools.command import end_with
from tools.common import ToolError

SECONDS = 120
# The cost of each test is not what a step is about.
PYTEST = ("-m", "pytest", "-q", "--tb=short", "-p", "no:costs")
LAST_LINES = 14
WIDTH = 48
COLUMNS = 88


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments say; every error is one line."""
    chosen = _parser().parse_args(arguments)
    end_with(lambda: _walk(chosen))


def flaw(step: Step, outcome: Outcome) -> str:
    """Return what the run has that the step does not say, or nothing."""
    failed = _failed(outcome)
    if outcome.timed_out or not (outcome.tests or failed):
        return "its tests do not come to an end" if outcome.timed_out else "no test runs"
    for test in failed:
        if test not in step.fails:
            return f"{test} fails"
    for test, words in step.fails.items():
        if test not in failed:
            return f"{test} does not fail, so it proves nothing yet"
        if words not in failed[test]:
            return f"{test} does not fail with “{words}”"
    return ""


def _walk(chosen: argparse.Namespace) -> int:
    steps = read_all()
    last = _last(chosen.step, len(steps))
    if chosen.keep and chosen.keep.exists():
        raise ToolError(f"There is a {chosen.keep} already.")
    with _copy() as folder:
        for step in steps[:last]:
            _apply(step, folder)
            if chosen.step in {"", str(step.number)} and not _try(step, folder, chosen):
                return 1
        if chosen.keep:
            _keep(folder, chosen.keep, last)
    if not chosen.step:
        print(f"Each of the {last} steps is what it says.")
    return 0


@contextmanager
def _copy() -> Iterator[Path]:
    """Copy the project as it stands now, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="todo-kata-") as home:
        yield Copy(Path(home) / "copy", None).folder


def _last(wanted: str, number: int) -> int:
    if wanted and wanted not in map(str, range(1, number + 1)):
        raise ToolError(f"There is no step {wanted}, but 1 to {number}.")
    return int(wanted or number)


def _apply(step: Step, folder: Path) -> None:
    # Were the copy within a checkout, git would look for the files there.
    alone = os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    command = ["git", "apply", "--whitespace=nowarn", str(step.path)]
    done = subprocess.run(
        command, cwd=folder, env=alone, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = "; ".join(done.stderr.splitlines())
        raise ToolError(f"docs/kata/{step.path.name} applies no more, so renew it: {reason}")


def _try(step: Step, folder: Path, chosen: argparse.Namespace) -> bool:
    """Run the tests of a step, and print a line of it, or all when it is the chosen one."""
    console = Console(soft_wrap=True, highlight=False)
    if chosen.step:
        _tell(step, console)
    console.print(f"{step.number:2}  {step.title:{WIDTH}}", end=" ", markup=False)
    outcome = _run(step, folder)
    colour = "red" if _failed(outcome) or not outcome.tests else "green"
    console.print(f"[bold {colour}]{colour:5}[/] {outcome.duration:4.1f} s")
    what = flaw(step, outcome)
    if chosen.step or what:
        console.print("", *outcome.log.splitlines()[-LAST_LINES:], sep="\n", markup=False)
    if what:
        console.print(f"\nStep {step.number} is not what it says: {what}.", markup=False)
    return not what


def _tell(step: Step, console: Console) -> None:
    story = textwrap.fill(f"{step.phase.upper()}: {step.why}", COLUMNS)
    console.print(f"{story}\n", markup=False)
    diff = step.diff.strip()
    console.print(Syntax(diff, "diff", theme="ansi_light", background_color="default"))
    console.print()


def _run(step: Step, folder: Path) -> Outcome:
    """Run the tests of a step; whatever ends this early ends them too, and their servers."""
    order = Order(step.tests, SECONDS, program=PYTEST)
    database, processes = os.environ.get("TEST_POSTGRES", ""), Processes()
    with ThreadPoolExecutor(1) as worker:
        try:
            return worker.submit(layers.run, order, folder, database, processes).result()
        except BaseException:
            processes.stop()
            raise


def _failed(outcome: Outcome) -> dict[str, str]:
    """Return what each test that failed says; a file that cannot be imported is one, too."""
    return {failure.test: failure.message for failure in [*outcome.failures, *outcome.broke]}


def _keep(folder: Path, place: Path, number: int) -> None:
    """Leave the copy to a person who wants to go on; git shows them what they change."""
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(".build", "__pycache__"))
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=place, check=True)
    print(f"The project as it is after step {number} is in {place}. Go on there.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m docs.kata", description=__doc__)
    parser.add_argument("step", nargs="?", default="", metavar="STEP", help="show this step")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the copy there")
    return parser


if __name__ == "__main__":
    main()
