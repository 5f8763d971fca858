"""`python -m tools.mutants`: shows which small changes of a rule no unit test notices.

mutmut plants one small fault after another in app/domain, each of them a mutant, and runs the unit
tests that reach it. A mutant that no test can notice, as it behaves like the original, stands with
its reason in EQUIVALENT. Exit code 1: another one survived, or one of these did not; 2: the tests
could not be run.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.common import BUILD, ROOT, ToolError

TREE = BUILD / "mutants"
LOG = BUILD / "mutants.log"
EQUIVALENT = ROOT / "tests" / "unit" / "equivalent_mutants.toml"
UNNOTICED = "NO UNIT TEST NOTICES"
MUTMUT = (sys.executable, "-m", "mutmut")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function, and what one of its lines became."""

    function: str
    line: str


def main() -> None:
    """Plant the faults and say which survived; exit with 1 when a test is missing."""
    print("Trying the unit tests on mutants of app/domain, less than a minute.", flush=True)
    try:
        _copy_tree()
        _plant()
        survivors = list(_survivors())
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    reasons = _equivalent()
    for mutant, outcome in survivors:
        print(f"{mutant.function}\n  {mutant.line}\n  {outcome}: {reasons.get(mutant, UNNOTICED)}")
    gone = reasons.keys() - {mutant for mutant, _ in survivors}
    for mutant in gone:
        print(f"{mutant.function}\n  {mutant.line}\n  did not survive: take it out of {EQUIVALENT}")
    _print_total(len(survivors))
    sys.exit(bool(gone) or any(mutant not in reasons for mutant, _ in survivors))


def _copy_tree() -> None:
    """Copy what git knows, as it is now: mutmut writes beside what it mutates."""
    shutil.rmtree(TREE, ignore_errors=True)
    listed = _run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", at=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, TREE / name)


def _plant() -> None:
    with LOG.open("w") as log:
        done = subprocess.run([*MUTMUT, "run"], cwd=TREE, stdout=log, stderr=log, check=False)
    if done.returncode:
        raise ToolError(f"The tests could not be tried. Do they pass? The details are in {LOG}")


def _survivors() -> Iterator[tuple[Mutant, str]]:
    """Yield the mutants that no test killed, with what mutmut says of each, such as `survived`."""
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
    """Return the mutants that no test can notice, with their reasons."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return {Mutant(mutant["function"], mutant["line"]): mutant["reason"] for mutant in listed}


def _print_total(survivors: int) -> None:
    _run(*MUTMUT, "export-cicd-stats")
    counts = json.loads((TREE / "mutants" / "mutmut-cicd-stats.json").read_text("utf-8"))
    print(f"{counts['total']} mutants, {survivors} of them survived.")


def _run(*command: str, at: Path = TREE) -> str:
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
