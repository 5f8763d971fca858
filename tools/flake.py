"""`python -m tools.flake LAYER N`: counts how often tests fail that should not.

Runs a layer N times, each time in a new process and another random order. Arguments after these go
to pytest. Exit code 1: something failed; 2: the tests could not be run.
"""

import argparse
import random
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.common import BUILD, LAYERS, ROOT, ToolError
from tools.rates import upper_bound

FOLDER = BUILD / "flake"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a layer: how many tests it executed, and which of them failed."""

    executions: int
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
    except KeyboardInterrupt:
        print("stopped")
    except ToolError as error:
        print(error)
        sys.exit(2)
    if runs:
        _print(runs)
    sys.exit(any(run.failed for run in runs))


def _run(layer: str, for_pytest: list[str]) -> Run:
    """Run the layer in a random order; keep its output if a test fails."""
    seed = random.getrandbits(32)
    log = FOLDER / f"{layer}-{seed}.log"
    begin = time.monotonic()
    run = _test(layer, [f"--randomly-seed={seed}", *for_pytest], log)
    print(f"seed {seed}, {len(run.failed)} failed, {time.monotonic() - begin:.1f} s", flush=True)
    if run.failed:
        print(*(f"  {test}" for test in run.failed), sep="\n")
        print(f'  Its output: {log}\n  Again: make test-{layer} ARGS="--randomly-seed={seed}"')
    else:
        log.unlink()
    return run


def _test(layer: str, options: list[str], log: Path) -> Run:
    """Run the layer by the command that a person types; raises ToolError."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = FOLDER / f"{layer}.xml"
    report.unlink(missing_ok=True)
    arguments = shlex.join([*options, f"--junit-xml={report}"])
    command = ["make", f"test-{layer}", f"ARGS={arguments}"]
    with log.open("w") as output:
        subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False)
    tests = _tests(report)
    if not tests:
        raise ToolError(f"The tests could not be run, as {log} shows.")
    return Run(len(tests), [_name(test) for test in tests if _has_failed(test)])


def _tests(report: Path) -> list[ET.Element]:
    if not report.exists():
        return []
    return [*ET.parse(report).iter("testcase")]  # noqa: S314 -- pytest wrote it just now


def _has_failed(test: ET.Element) -> bool:
    return any(test.find(outcome) is not None for outcome in ("failure", "error"))


def _name(test: ET.Element) -> str:
    return f"{test.get('classname')}.{test.get('name')}"


def _print(runs: list[Run]) -> None:
    failures = sum(len(run.failed) for run in runs)
    _print_rate("test executions", failures, sum(run.executions for run in runs))
    _print_rate("runs", sum(bool(run.failed) for run in runs), len(runs))


def _print_rate(what: str, failures: int, number: int) -> None:
    bound = upper_bound(failures, number)
    print(f"{failures} of {number} {what} failed; 95 % upper bound of the rate: {bound:.4%}")


if __name__ == "__main__":
    main()
