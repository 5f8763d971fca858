"""The faults and the refactorings: the headers of their patches, and what a patch may change."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lab.patch_header import patch_error, read_patch, short
from tests.support.paths import own_files
from tools.common import LAYERS, ROOT, ToolError
from tools.git import GitError, apply

LAB = ROOT / "lab"
FIELDS = ("title", "suffers", "lesson", "topic", "source", "predicted")
TOPICS = {
    "sign-in": "Tokens and sign-in",
    "ownership": "Ownership",
    "validation": "Validation and schemas",
    "sql": "SQL, RETURNING, constraints, races",
    "migrations": "Migrations",
    "breach-api": "The breach API's client",
    "settings": "Settings and environment",
    "time": "Time and randomness",
    "live": "Live updates",
    "http": "HTTP details",
    "page": "Page behaviour",
    "accessibility": "Accessibility",
    "headers": "Security headers",
    "start-up": "Packaging and start-up",
}
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Kind(StrEnum):
    """A fault breaks the service; a refactoring changes nothing that a user can see."""

    FAULT = "fault"
    REFACTORING = "refactoring"

    @property
    def folder(self) -> Path:
        """The folder with the patches of this kind."""
        return LAB / f"{self}s"


@dataclass(frozen=True, slots=True)
class Patch:
    """One file of the catalogue; `predicted` are the layers that were expected to go red.

    `suffers` says which users the fault hurts, and how.
    """

    path: Path
    kind: Kind
    title: str
    suffers: str
    lesson: str
    topic: str
    source: str
    predicted: frozenset[str]
    files: frozenset[str]
    diff: str

    @property
    def name(self) -> str:
        """The name that a person types."""
        return self.path.stem


def read_all() -> list[Patch]:
    """Return the catalogue: faults first, by topic and name; raises ToolError if one is invalid."""
    patches = [read(path, kind) for kind in Kind for path in own_files(kind.folder, "*.patch")]
    for kind in ("name", "title"):
        seen: dict[str, Patch] = {}
        for patch in patches:
            other = seen.setdefault(getattr(patch, kind).casefold(), patch)
            if other is not patch:
                raise ToolError(f"{short(patch.path)} has the {kind} of {short(other.path)}.")
    topics = list(TOPICS)
    return sorted(patches, key=lambda patch: (patch.kind, topics.index(patch.topic), patch.name))


def select(names: list[str], patches: list[Patch]) -> list[Patch]:
    """Return the patches with these names, all of them without names; raises ToolError."""
    known = {patch.name: patch for patch in patches}
    for name in names:
        if name not in known:
            raise ToolError(f"There is no fault {name!r}. Type: python -m lab list")
    return [known[name] for name in dict.fromkeys(names)] if names else patches


def read(path: Path, kind: Kind) -> Patch:
    """Read and check one patch; raises ToolError if it is invalid."""
    fields, diff = read_patch(path, FIELDS)
    header = {field: " ".join(value.split()) for field, value in fields.items()}
    if not NAME.fullmatch(path.stem):
        raise patch_error(path, "its name must consist of lower-case words and hyphens")
    if header["topic"] not in TOPICS:
        raise patch_error(path, f"its topic must be one of {', '.join(TOPICS)}")
    if header["source"] != "own" and not header["source"].startswith("https://"):
        raise patch_error(path, "its source must be a link or “own”")
    predicted = _layers(path, header.pop("predicted"))
    return Patch(path, kind, **header, predicted=predicted, files=_files(path), diff=diff)


def _layers(path: Path, value: str) -> frozenset[str]:
    if value == "none":
        return frozenset()
    layers = frozenset(value.replace(",", " ").split())
    if not layers <= set(LAYERS):
        raise patch_error(path, f"predicted must be “none” or a list of {', '.join(LAYERS)}")
    return layers


def _files(path: Path) -> frozenset[str]:
    """Ask git which files the patch changes: all must be in app/."""
    try:
        summary = apply(path, ROOT, "--numstat")
    except GitError as error:
        raise patch_error(path, f"git cannot read its diff ({error})") from error
    files = frozenset(line.split("\t")[-1] for line in summary.splitlines())
    for file in files:
        if not file.startswith("app/"):
            raise patch_error(path, f"it changes {file}, which is not in app/")
    return files
