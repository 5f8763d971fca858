"""A small project in a folder of its own, in which tests run `python -m lab`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import pytest

from lab.tests.runs.files import CATALOGUE, FILES
from tools.common import ROOT
from tools.git import git

COMMAND = [sys.executable, "-m", "lab"]
# The lab, all that it imports, and the settings of pytest.
COPIED = ("lab", "tools", "tests/__init__.py", "tests/support", "pyproject.toml", ".gitignore")
NOT_COPIED = ("tests", "faults", "refactorings", "*.json", "__pycache__")
AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
# It ends a hang, however slow or busy the machine is.
DEADLINE_SECONDS = 600
RUNS_THE_LAB = [pytest.mark.slow, pytest.mark.timeout(DEADLINE_SECONDS)]


class Project:
    """The folder `home`, and the server on which the lab may create databases."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.folder = home / "project"
        self.temporary = home / "temporary"
        self._database_url = database_url

    def make(self) -> Self:
        """Write and commit the project."""
        for name in COPIED:
            self._take(ROOT / name)
        for name, content in FILES.items():
            self.write(name, content)
        for name, content in CATALOGUE.items():
            self.write(f"lab/{name}.patch", content)
        self.temporary.mkdir()
        for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "Begin"]):
            self.git(*command)
        return self

    def copy(self, home: Path) -> "Project":
        """Copy the project, with everything that the lab has kept in it."""
        other = Project(home, self._database_url)
        shutil.copytree(self.folder, other.folder)
        other.temporary.mkdir()
        return other

    def write(self, name: str, content: str) -> None:
        """Write a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def lab(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the lab to its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment | settings,
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE_SECONDS,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Run git, and return its output."""
        return git(*arguments, folder=self.folder)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the lab, without the settings of the surrounding test run."""
        return {
            "PATH": os.environ["PATH"],
            "TEST_POSTGRES": self._database_url,
            "TMPDIR": str(self.temporary),
        }

    def results(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the results of a run of some of the layers, by patch and layer."""
        file = self.folder / ".build/lab/results-part.json"
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        return {(cell["patch"], cell["layer"]): cell for cell in cells}

    def verdicts(self) -> dict[tuple[str, str], str]:
        """Return the verdict of each patch and layer."""
        return {key: cell["verdict"] for key, cell in self.results().items()}

    def _take(self, source: Path) -> None:
        target = self.folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_COPIED))
        else:
            shutil.copy(source, target)
