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
from pathlib import Path

from tools.common import BUILD, ROOT, ToolError

TREE = BUILD / "mutants"
LOG = BUILD / "mutants.log"
EQUIVALENT = ROOT / "tests" / "unit" / "equivalent_mutants.toml"
MUTMUT = (sys.executable, "-m", "mutmut")


def main() -> None:
    """Plant the faults and say which survived; exit with 1 when a test is missing."""
    print("Trying the unit tests on mutants of app/domain, less than a minute.", flush=True)
    try:
        _copy_tree()
        _plant()
        survivors = {_change(name): name for name in _survivors()}
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    reasons = {mutant["line"]: mutant["reason"] for mutant in _equivalent()}
    for line, name in survivors.items():
        print(f"{name}\n  {line}\n  {reasons.get(line, 'SURVIVED: no unit test notices')}")
    gone = reasons.keys() - survivors.keys()
    for line in gone:
        print(f"No mutant like this survives, so take it out of {EQUIVALENT}:\n  {line}")
    _print_total(len(survivors))
    sys.exit(bool(gone or survivors.keys() - reasons.keys()))


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


def _survivors() -> list[str]:
    """Return the names of the mutants that no test noticed."""
    return [line.split(":")[0].strip() for line in _run(*MUTMUT, "results").splitlines()]


def _change(name: str) -> str:
    """Return the line that is another one in this mutant."""
    shown = _run(*MUTMUT, "show", name).splitlines()
    added = [line[1:].strip() for line in shown if line.startswith("+") and line[1:2] != "+"]
    return " ".join(added)


def _equivalent() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return listed


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
