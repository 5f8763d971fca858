"""`python -m docs.kata`: replays the kata in a copy of the project, running tests after each step.

Given the number of a step, it applies the steps before it and shows that step: story, diff, and
test output. Exit code 0: each step is red or green as its header predicts; 1: one step is not;
2: a patch no longer applies, or an argument is wrong.
"""

import argparse
import os
import shutil
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.syntax import Syntax

from docs.kata_steps import Step, read_all
from lab import layers
from lab.copies import Copy
from lab.layers import Outcome, RunSpec
from lab.processes import Processes
from tests.support.children import temporary_folder
from tools.command import end_with
from tools.common import ToolError
from tools.git import GitError, apply, git

# It ends a hang, however busy the machine is; a step takes a few seconds.
TIMEOUT_SECONDS = 600
# A step is not about the cost of each test, so the plug-in that reports it is off.
PYTEST = ("-m", "pytest", "-q", "--tb=short", "-p", "no:costs")
LAST_LINES = 14
TITLE_WIDTH = 48
STORY_WIDTH = 88
CONSOLE = Console(soft_wrap=True, highlight=False, markup=False)


def main() -> int:
    """Replay the steps that the arguments ask for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs.kata", description=__doc__)
    parser.add_argument("step", nargs="?", type=int, metavar="STEP", help="show this step")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the copy in DIR")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        raise ToolError(f"There is already a {options.keep}.")
    with temporary_folder("todo-kata-") as home:
        return replay(read_all(), home / "copy", options.step, options.keep)


def replay(steps: list[Step], folder: Path, wanted: int | None, keep: Path | None) -> int:
    """Apply the steps up to the wanted one to a copy, and run its tests, or those of all."""
    last = len(steps) if wanted is None else wanted
    if not 0 < last <= len(steps):
        raise ToolError(f"There is no step {last}. The steps are 1 to {len(steps)}.")
    Copy(folder)
    for step in steps[:last]:
        _apply(step, folder)
        if wanted in {None, step.number} and not _try(step, folder, details=bool(wanted)):
            return 1
    if keep:
        _keep(folder, keep, last)
    if not wanted:
        print(f"All {last} steps are red or green as predicted.")
    return 0


def mismatch(step: Step, outcome: Outcome) -> str:
    """Say how the run differs from what the step predicts; empty when it does not."""
    failed = _failed(outcome)
    if outcome.timed_out:
        return f"its tests take longer than {TIMEOUT_SECONDS} seconds"
    if not (outcome.tests or failed):
        return "no test runs"
    for test in failed:
        if test not in step.fails:
            return f"{test} fails"
    for test, message in step.fails.items():
        if test not in failed:
            return f"{test} does not fail, so it proves nothing yet"
        if message not in failed[test]:
            return f"{test} does not fail with “{message}”"
    return ""


def _apply(step: Step, folder: Path) -> None:
    try:
        apply(step.path, folder)
    except GitError as error:
        raise ToolError(
            f"docs/kata/{step.path.name} no longer applies, so renew it: {error}"
        ) from error


def _try(step: Step, folder: Path, *, details: bool) -> bool:
    """Run the tests of a step and print one line, or all the details."""
    if details:
        story = textwrap.fill(f"{step.phase.upper()}: {step.why}", STORY_WIDTH)
        diff = Syntax(step.diff.strip(), "diff", theme="ansi_light", background_color="default")
        CONSOLE.print(story, "", diff, "", sep="\n")
    CONSOLE.print(f"{step.number:2}  {step.title:{TITLE_WIDTH}}", end=" ")
    outcome = _run(step, folder)
    colour = "red" if _failed(outcome) or not outcome.tests else "green"
    CONSOLE.print(f"{colour:5}", style=f"bold {colour}", end=" ")
    CONSOLE.print(f"{outcome.duration:4.1f} s")
    difference = mismatch(step, outcome)
    if details or difference:
        CONSOLE.print("", *outcome.log.splitlines()[-LAST_LINES:], sep="\n")
    if difference:
        CONSOLE.print(f"\nStep {step.number} is not as predicted: {difference}.")
    return not difference


def _run(step: Step, folder: Path) -> Outcome:
    """Run the tests of a step; an interrupt stops them and the servers that they started."""
    spec = RunSpec(step.tests, TIMEOUT_SECONDS, program=PYTEST)
    database, processes = os.environ.get("TEST_POSTGRES", ""), Processes()
    with ThreadPoolExecutor(1) as worker:
        try:
            return worker.submit(layers.run, spec, folder, database, processes).result()
        except BaseException:
            processes.stop()
            raise


def _failed(outcome: Outcome) -> dict[str, str]:
    """Map each failed test to its message; a file that cannot be imported counts as one."""
    return {failure.test: failure.message for failure in [*outcome.failures, *outcome.broke]}


def _keep(folder: Path, destination: Path, number: int) -> None:
    """Keep the copy as a git repository, so that `git diff` shows what the reader changes."""
    shutil.copytree(folder, destination, ignore=shutil.ignore_patterns(".build", "__pycache__"))
    git("init", "--quiet", folder=destination)
    git("add", "--all", folder=destination)
    print(f"The project as it is after step {number} is in {destination}. Continue there.")


if __name__ == "__main__":
    end_with(main)
