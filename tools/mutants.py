"""`python -m tools.mutants`: shows which small changes to a rule no unit test detects.

mutmut makes one small change after another to app/domain, each of them a mutant, and runs the unit
tests that reach it. EQUIVALENT lists, with a reason, the mutants that no test can detect because
they behave like the original. Exit code 1: the survivors differ from that list; 2: the tests could
not be run.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support import children
from tools.command import end_with
from tools.common import BUILD, ROOT, ToolError

TREE = BUILD / "mutants"
LOG = BUILD / "mutants.log"
EQUIVALENT = "tools/equivalent_mutants.toml"
UNDETECTED = "NO UNIT TEST DETECTS IT"
MUTMUT = (sys.executable, "-m", "mutmut")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function and its changed line."""

    function: str
    line: str


def main() -> int:
    """Try the mutants and print the survivors; return 1 if a test or an entry is wrong."""
    print(
        "Running the unit tests on mutants of app/domain; this takes less than a minute.",
        flush=True,
    )
    _run_mutmut()
    survivors = dict(_survivors())
    reasons = _equivalent()
    for mutant, outcome in survivors.items():
        print(f"{mutant.function}\n  {mutant.line}\n  {outcome}: {reasons.get(mutant, UNDETECTED)}")
    for mutant in reasons.keys() - survivors.keys():
        print(f"{mutant.function}\n  {mutant.line}\n  did not survive: remove it from {EQUIVALENT}")
    _print_total(len(survivors))
    return int(reasons.keys() != survivors.keys())


def _run_mutmut() -> None:
    """Run mutmut in a copy of the project, because it writes into the tree that it mutates."""
    shutil.rmtree(TREE, ignore_errors=True)
    shutil.copytree(ROOT, TREE, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    with LOG.open("w") as log:
        code = children.run([*MUTMUT, "run"], cwd=TREE, stdout=log, stderr=log)
    if code:
        raise ToolError(f"mutmut failed. Do the unit tests pass? Details: {LOG}")


def _survivors() -> Iterator[tuple[Mutant, str]]:
    """Yield the mutants that no test killed, with mutmut's result, such as `survived`."""
    for result in _run(*MUTMUT, "results").splitlines():
        name, _, outcome = result.strip().partition(": ")
        yield Mutant(_function(name), _changed_line(name)), outcome


def _function(name: str) -> str:
    """Return the function of a mutant, which mutmut names `module.xǁClassǁmethod__mutmut_1`."""
    function = name.rpartition("__mutmut_")[0]
    return function.replace(".x_", ".").replace(".xǁ", ".").replace("ǁ", ".")


def _changed_line(name: str) -> str:
    shown = _run(*MUTMUT, "show", name).splitlines()
    added = [line[1:].strip() for line in shown if line.startswith("+") and line[1:2] != "+"]
    return " ".join(added)


def _equivalent() -> dict[Mutant, str]:
    """Return the equivalent mutants with their reasons."""
    listed = tomllib.loads((ROOT / EQUIVALENT).read_text("utf-8"))["mutant"]
    return {Mutant(mutant["function"], mutant["line"]): mutant["reason"] for mutant in listed}


def _print_total(survivors: int) -> None:
    _run(*MUTMUT, "export-cicd-stats")
    counts = json.loads((TREE / "mutants" / "mutmut-cicd-stats.json").read_text("utf-8"))
    print(f"{counts['total']} mutants, {survivors} of them survived.")


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    end_with(main)
