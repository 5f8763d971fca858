"""The steps of the kata: their order, their headers, and which files each may change."""

import re
from dataclasses import dataclass
from pathlib import Path

from lab.patch_header import patch_error, read_patch
from tests.support.paths import own_files
from tools.common import ROOT

FOLDER = ROOT / "docs" / "kata"
NAME = re.compile(r"(?P<number>\d\d)-(?P<phase>red|green|refactor)-[a-z0-9-]+")
CHANGED = re.compile(r"^(?:---|\+\+\+) [ab]/(\S+)", re.MULTILINE)
MAY_CHANGE = {"red": ("tests/",), "green": ("app/",), "refactor": ("app/", "tests/")}


@dataclass(frozen=True, slots=True)
class Step:
    """One patch. `fails` maps each test that must fail after it to a part of its message."""

    path: Path
    number: int
    phase: str
    title: str
    why: str
    tests: list[str]
    fails: dict[str, str]
    diff: str


def read_all(folder: Path = FOLDER) -> list[Step]:
    """Return the steps in order; raises ToolError for the first one that is invalid."""
    steps = [_read(path) for path in own_files(folder, "*.patch")]
    red = None
    for number, step in enumerate(steps, start=1):
        if step.number != number:
            raise patch_error(step.path, f"expected step {number} here")
        if (step.phase == "green") != bool(red):
            raise patch_error(step.path, "each red step must be followed by a green one")
        if red and not set(red.tests) <= set(step.tests):
            raise patch_error(step.path, "it does not run all tests of the red step before it")
        red = step if step.phase == "red" else None
    if red:
        raise patch_error(red.path, "each red step must be followed by a green one")
    return steps


def _read(path: Path) -> Step:
    """Read and check one patch; raises ToolError."""
    name = NAME.fullmatch(path.stem)
    if not name:
        raise patch_error(path, "its name does not look like 01-red-what-it-does")
    predicted = ("fails", "says") if name["phase"] == "red" else ()
    header, diff = read_patch(path, ("title", "why", "tests", *predicted))
    for file in CHANGED.findall(diff):
        if not file.startswith(MAY_CHANGE[name["phase"]]):
            raise patch_error(path, f"a {name['phase']} step must not change {file}")
    title, why = (" ".join(header[field].split()) for field in ("title", "why"))
    tests, fails, says = (_lines(header.get(field, "")) for field in ("tests", "fails", "says"))
    if len(fails) != len(says):
        raise patch_error(path, "“says:” needs one line for each test of “fails:”")
    messages = dict(zip(fails, says, strict=True))
    return Step(path, int(name["number"]), name["phase"], title, why, tests, messages, diff)


def _lines(value: str) -> list[str]:
    """Return the lines of a header field whose value may continue on indented lines."""
    return [line.strip() for line in value.splitlines()]
