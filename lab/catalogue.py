"""The faults and the refactorings: what a patch's header says, and what it may not do."""

import re
import subprocess
from dataclasses import dataclass
from email.parser import HeaderParser
from enum import StrEnum
from pathlib import Path

from tools.common import LAYERS, ROOT, ToolError

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
    """What a patch does to the service: it breaks it, or it alters nothing that one can see."""

    FAULT = "fault"
    REFACTORING = "refactoring"

    @property
    def folder(self) -> Path:
        """Where the patches of this kind are."""
        return LAB / f"{self}s"


@dataclass(frozen=True, slots=True)
class Patch:
    """One file of the catalogue; `predicted` are the layers that were expected to go red."""

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
        """What a person types."""
        return self.path.stem


def read_all() -> list[Patch]:
    """Return the catalogue: faults first, by topic and name; raises ToolError at a flaw."""
    patches = [read(path, kind) for kind in Kind for path in sorted(kind.folder.glob("*.patch"))]
    for kind in ("name", "title"):
        seen: dict[str, Patch] = {}
        for patch in patches:
            other = seen.setdefault(getattr(patch, kind).casefold(), patch)
            if other is not patch:
                raise ToolError(f"{_place(patch.path)} has the {kind} of {_place(other.path)}.")
    topics = list(TOPICS)
    return sorted(patches, key=lambda patch: (patch.kind, topics.index(patch.topic), patch.name))


def select(names: list[str], patches: list[Patch]) -> list[Patch]:
    """Return the patches with these names, all when there is no name; raises ToolError."""
    known = {patch.name: patch for patch in patches}
    for name in names:
        if name not in known:
            raise ToolError(f"There is no fault {name!r}. Type: python -m lab list")
    return [known[name] for name in dict.fromkeys(names)] if names else patches


def read(path: Path, kind: Kind) -> Patch:
    """Read and check one patch; raises ToolError with the first thing that is wrong."""
    message = HeaderParser().parsestr(path.read_text(encoding="utf-8"))
    header = {name: " ".join((message[name] or "").split()) for name in FIELDS}
    for name, value in header.items():
        if not value:
            raise _flaw(path, f"its header lacks “{name}:”")
    if not NAME.fullmatch(path.stem):
        raise _flaw(path, "its name is not made of lower-case words and hyphens")
    if header["topic"] not in TOPICS:
        raise _flaw(path, f"its topic is none of {', '.join(TOPICS)}")
    if header["source"] != "own" and not header["source"].startswith("https://"):
        raise _flaw(path, "its source is neither a link nor “own”")
    predicted = _layers(path, header.pop("predicted"))
    diff = str(message.get_payload())
    return Patch(path, kind, **header, predicted=predicted, files=_files(path), diff=diff)


def _layers(path: Path, value: str) -> frozenset[str]:
    if value == "none":
        return frozenset()
    layers = frozenset(value.replace(",", " ").split())
    if not layers <= set(LAYERS):
        raise _flaw(path, f"predicted is neither “none” nor some of {', '.join(LAYERS)}")
    return layers


def _files(path: Path) -> frozenset[str]:
    """Let git say which files the patch changes: they may be the service's alone."""
    command = ["git", "apply", "--numstat", str(path.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _flaw(path, f"it holds no diff that git understands ({done.stderr.strip()})")
    files = frozenset(line.split("\t")[-1] for line in done.stdout.splitlines())
    for file in files:
        if not file.startswith("app/"):
            raise _flaw(path, f"it changes {file}, and a fault is one of app/ alone")
    return files


def _flaw(path: Path, what: str) -> ToolError:
    return ToolError(f"{_place(path)}: {what}.")


def _place(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
