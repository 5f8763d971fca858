"""`python -m tools.flake LAYER N`: counts how often tests fail that should not.

Runs a layer N times, each time in a new process and another random order. Arguments after these go
to pytest. Exit code 1: something failed; 2: not even the first run could be made.
"""

import argparse
import json
import random
import shlex
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools import junit
from tools.common import BUILD, LAYERS, ROOT
from tools.rates import upper_bound

FOLDER = BUILD / "flake"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a layer: whether it ended well, its tests, and which of them failed."""

    passed: bool
    tests: set[str]
    failed: list[str]


def main() -> None:
    """Repeat, and say what was seen; exit with 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.flake", description=__doc__)
    parser.add_argument("layer", choices=LAYERS)
    parser.add_argument("times", type=int, metavar="N")
    arguments, for_pytest = parser.parse_known_args()
    if arguments.times < 1:
        parser.error("N is a number of times, 1 or more")
    runs: list[Run] = []
    try:
        for number in range(1, arguments.times + 1):
            print(f"run {number}", end=": ", flush=True)
            runs.append(_run(arguments.layer, for_pytest))
            if not runs[0].tests:
                sys.exit(2)
    except KeyboardInterrupt:
        print("stopped")
    _print(runs)
    _keep(arguments.layer, runs)
    sys.exit(not all(run.passed for run in runs))


def _run(layer: str, for_pytest: list[str]) -> Run:
    """Run the layer in a random order; keep its output unless all is well."""
    seed = random.getrandbits(32)
    log = FOLDER / f"{layer}-{seed}.log"
    options = [*for_pytest, f"--randomly-seed={seed}"]
    begin = time.monotonic()
    run = _test(layer, options, log)
    print(f"seed {seed}, {len(run.failed)} failed, {time.monotonic() - begin:.1f} s", flush=True)
    if run.passed:
        log.unlink()
        return run
    print(*(f"  {test}" for test in run.failed or ["The run broke off."]), sep="\n")
    print(
        f"  Its output: {log}\n  Again: make test-{layer} ARGS={shlex.quote(shlex.join(options))}"
    )
    return run


def _test(layer: str, options: list[str], log: Path) -> Run:
    """Run the layer by the command that a person types; a file that cannot be read is no test."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = FOLDER / f"{layer}.xml"
    report.unlink(missing_ok=True)
    arguments = shlex.join([*options, f"--junit-xml={report}"])
    command = ["make", f"test-{layer}", f"ARGS={arguments}"]
    with log.open("w") as output:
        done = subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False)
    tests = [test for test in junit.read(report) if test.module]
    failed = sorted({test.address for test in tests if test.failed})
    return Run(done.returncode == 0, {test.address for test in tests}, failed)


def _print(runs: list[Run]) -> None:
    """Print the rates, each with what 95 % confidence leaves possible."""
    _print_rate("runs", sum(not run.passed for run in runs), len(runs))
    failures = Counter(test for run in runs for test in run.failed)
    executions = sum(len(run.tests) for run in runs)
    _print_rate("test executions, all tests together,", failures.total(), executions)
    for test, times in failures.most_common():
        print(f"{times} x {test}")


def _keep(layer: str, runs: list[Run]) -> None:
    """Write the counts down, for the lab's report."""
    failures = sum(len(run.failed) for run in runs)
    counts = {"executions": sum(len(run.tests) for run in runs), "failures": failures}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{layer}.json").write_text(json.dumps(counts), encoding="utf-8")


def _print_rate(what: str, failures: int, number: int) -> None:
    if number:
        bound = upper_bound(failures, number)
        print(f"{failures} of {number} {what} failed; 95 % upper bound of the rate: {bound:.4%}")


if __name__ == "__main__":
    main()
