"""The steps of the kata: patches in order, what their headers say, and what each may change."""

import re
from dataclasses import dataclass
from email.parser import HeaderParser
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from tools.common import ROOT, ToolError

FOLDER = ROOT / "docs" / "kata"
NAME = re.compile(r"(?P<number>\d\d)-(?P<phase>red|green|refactor)-[a-z0-9]+(-[a-z0-9]+)*")
CHANGED = re.compile(r"^(?:---|\+\+\+) [ab]/(\S+)", re.MULTILINE)


class Phase(StrEnum):
    """The three parts of a cycle."""

    RED = "red"
    GREEN = "green"
    REFACTOR = "refactor"

    @property
    def may_change(self) -> tuple[str, ...]:
        """The folders that a step of this kind may touch."""
        return {"red": ("tests/",), "green": ("app/",), "refactor": ("app/", "tests/")}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One patch: which tests run after it, and, in red, what each that fails is to say."""

    path: Path
    number: int
    phase: Phase
    title: str
    why: str
    tests: list[str]
    fails: dict[str, str]
    diff: str


def read_all(folder: Path = FOLDER) -> list[Step]:
    """Return the steps in order; raises ToolError at the first flaw."""
    steps = [read(path) for path in sorted(folder.glob("*.patch"))]
    for number, step in enumerate(steps, start=1):
        if step.number != number:
            raise _flaw(step.path, f"step {number} should come here")
    for before, after in pairwise([None, *steps, None]):
        _check_turn(before, after)
    return steps


def read(path: Path) -> Step:
    """Read and check one patch; raises ToolError."""
    name = NAME.fullmatch(path.stem)
    if not name:
        raise _flaw(path, "its name is not made like 01-red-what-it-does")
    message = HeaderParser().parsestr(path.read_text(encoding="utf-8"))
    phase = Phase(name["phase"])
    fields = ("title", "why", "tests", *(("fails", "says") if phase is Phase.RED else ()))
    for field in fields:
        if not (message[field] or "").strip():
            raise _flaw(path, f"its header lacks “{field}:”")
    tests, fails, says = (_lines(message[field]) for field in ("tests", "fails", "says"))
    if len(fails) != len(says):
        raise _flaw(path, "“says:” needs one line for each test of “fails:”")
    title, why = (" ".join(message[field].split()) for field in ("title", "why"))
    predicted, diff = dict(zip(fails, says, strict=True)), str(message.get_payload())
    _check_files(path, phase, diff)
    return Step(path, int(name["number"]), phase, title, why, tests, predicted, diff)


def _lines(value: str | None) -> list[str]:
    """Return the lines of a header that goes on in lines that are indented."""
    return [line.strip() for line in (value or "").splitlines() if line.strip()]


def _check_files(path: Path, phase: Phase, diff: str) -> None:
    files = CHANGED.findall(diff)
    if not files:
        raise _flaw(path, "it changes no file")
    for file in files:
        if not file.startswith(phase.may_change):
            raise _flaw(path, f"it changes {file}, and {phase} is for {_or(phase.may_change)}")


def _check_turn(before: Step | None, after: Step | None) -> None:
    """Demand that a red step and the green one that answers it stand together."""
    if before and before.phase is Phase.RED:
        if not after or after.phase is not Phase.GREEN:
            raise _flaw(before.path, "no green step follows it")
        if not set(before.tests) <= set(after.tests):
            raise _flaw(after.path, "it does not run all tests of the red step before it")
    elif after and after.phase is Phase.GREEN:
        raise _flaw(after.path, "no red step goes before it")


def _or(folders: tuple[str, ...]) -> str:
    return " or ".join(folders)


def _flaw(path: Path, what: str) -> ToolError:
    return ToolError(f"docs/kata/{path.name}: {what}.")
