"""The steps of the kata: their order, their headers, and which files each may change."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from lab.patch_header import patch_error, read_patch
from tools.common import ROOT

FOLDER = ROOT / "docs" / "kata"
NAME = re.compile(r"(?P<number>\d\d)-(?P<phase>red|green|refactor)-[a-z0-9]+(-[a-z0-9]+)*")
CHANGED = re.compile(r"^(?:---|\+\+\+) [ab]/(\S+)", re.MULTILINE)


class Phase(StrEnum):
    """The three phases of a TDD cycle."""

    RED = "red"
    GREEN = "green"
    REFACTOR = "refactor"

    @property
    def may_change(self) -> tuple[str, ...]:
        """The folders that a step of this phase may change."""
        return {"red": ("tests/",), "green": ("app/",), "refactor": ("app/", "tests/")}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One patch. `fails` maps each test that must fail after it to a part of its message."""

    path: Path
    number: int
    phase: Phase
    title: str
    why: str
    tests: list[str]
    fails: dict[str, str]
    diff: str


def read_all(folder: Path = FOLDER) -> list[Step]:
    """Return the steps in order; raises ToolError for the first one that is invalid."""
    steps = [read(path) for path in sorted(folder.glob("*.patch"))]
    for number, step in enumerate(steps, start=1):
        if step.number != number:
            raise patch_error(step.path, f"expected step {number} here")
    for before, after in pairwise([None, *steps, None]):
        _check_sequence(before, after)
    return steps


def read(path: Path) -> Step:
    """Read and check one patch; raises ToolError."""
    name = NAME.fullmatch(path.stem)
    if not name:
        raise patch_error(path, "its name does not look like 01-red-what-it-does")
    phase = Phase(name["phase"])
    fields = ("title", "why", "tests", *(("fails", "says") if phase is Phase.RED else ()))
    header, diff = read_patch(path, fields)
    tests, fails, says = (_lines(header.get(field, "")) for field in ("tests", "fails", "says"))
    if len(fails) != len(says):
        raise patch_error(path, "“says:” needs one line for each test of “fails:”")
    title, why = (" ".join(header[field].split()) for field in ("title", "why"))
    predicted = dict(zip(fails, says, strict=True))
    _check_files(path, phase, diff)
    return Step(path, int(name["number"]), phase, title, why, tests, predicted, diff)


def _lines(value: str) -> list[str]:
    """Return the lines of a header field whose value may continue on indented lines."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def _check_files(path: Path, phase: Phase, diff: str) -> None:
    files = CHANGED.findall(diff)
    if not files:
        raise patch_error(path, "it changes no file")
    for file in files:
        if not file.startswith(phase.may_change):
            allowed = " or ".join(phase.may_change)
            raise patch_error(
                path, f"it changes {file}, but a {phase} step may only change {allowed}"
            )


def _check_sequence(before: Step | None, after: Step | None) -> None:
    """Check that each red step is followed by a green one that runs its tests."""
    if before and before.phase is Phase.RED:
        if not after or after.phase is not Phase.GREEN:
            raise patch_error(before.path, "no green step follows it")
        if not set(before.tests) <= set(after.tests):
            raise patch_error(after.path, "it does not run all tests of the red step before it")
    elif after and after.phase is Phase.GREEN:
        raise patch_error(after.path, "no red step precedes it")
