"""`python -m tools.flake LAYER N`: measures how often tests are flaky.

Runs a layer N times, each time in a new process and a new random order. Further arguments go to
pytest. Exit code 1: a test failed; 2: the first run did not run any test.
"""

import argparse
import json
import random
import shlex
import sys
import time
from collections import Counter
from dataclasses import dataclass

from tests.support import children
from tools import junit
from tools.command import end_with
from tools.common import BUILD, LAYERS, ROOT
from tools.rates import upper_bound

FOLDER = BUILD / "flake"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a layer: whether it passed, its number of tests, and the tests that failed."""

    passed: bool
    tests: int
    failed: list[str]


def main() -> None:
    """Repeat the layer and print the failure rates; exit with 1 if a test failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.flake", description=__doc__)
    parser.add_argument("layer", choices=LAYERS)
    parser.add_argument("times", type=int, metavar="N")
    arguments, for_pytest = parser.parse_known_args()
    if arguments.times < 1:
        parser.error("N must be at least 1")
    FOLDER.mkdir(parents=True, exist_ok=True)
    runs: list[Run] = []
    try:
        for number in range(1, arguments.times + 1):
            print(f"run {number}", end=": ", flush=True)
            runs.append(_run(arguments.layer, for_pytest))
            if not runs[0].tests:
                sys.exit(2)
    except KeyboardInterrupt:
        print("stopped")
    _report(arguments.layer, runs)
    sys.exit(not all(run.passed for run in runs))


def _run(layer: str, for_pytest: list[str]) -> Run:
    """Run the layer with its make command in a random order; keep its output if it fails."""
    seed = random.getrandbits(32)
    log, report = FOLDER / f"{layer}-{seed}.log", FOLDER / f"{layer}.xml"
    report.unlink(missing_ok=True)
    arguments = shlex.join([*for_pytest, f"--randomly-seed={seed}", f"--junit-xml={report}"])
    command = ["make", f"test-{layer}", f"ARGS={arguments}"]
    begin = time.monotonic()
    with log.open("w") as output:
        code = children.run(command, cwd=ROOT, stdout=output, stderr=output)
    # A module that cannot be imported is not a test.
    cases = [case for case in junit.read(report) if "::" in case.id]
    failed = sorted({case.id for case in cases if case.failed})
    print(f"seed {seed}, {len(failed)} failed, {time.monotonic() - begin:.1f} s", flush=True)
    if code:
        print(*(f"  {test}" for test in failed or ["The run ended early."]), sep="\n")
        print(f"  Output: {log}\n  Repeat with: {shlex.join(command)}")
    else:
        log.unlink()
    return Run(code == 0, len({case.id for case in cases}), failed)


def _report(layer: str, runs: list[Run]) -> None:
    """Print the failure rates, and save the counts for the lab's report."""
    failures = Counter(test for run in runs for test in run.failed)
    executions = sum(run.tests for run in runs)
    _print_rate("runs", sum(not run.passed for run in runs), len(runs))
    _print_rate("test executions", failures.total(), executions)
    for test, times in failures.most_common():
        print(f"{times} x {test}")
    counts = {"executions": executions, "failures": failures.total()}
    (FOLDER / f"{layer}.json").write_text(json.dumps(counts), encoding="utf-8")


def _print_rate(what: str, failures: int, number: int) -> None:
    if number:
        bound = upper_bound(failures, number)
        print(f"{failures} of {number} {what} failed; 95 % upper bound of the rate: {bound:.4%}")


if __name__ == "__main__":
    end_with(main)
