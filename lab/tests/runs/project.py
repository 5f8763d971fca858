"""A small project of its own folder, in which one types `python -m lab`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from lab.tests.runs.files import CATALOGUE, FILES
from tools.common import ROOT

COMMAND = [sys.executable, "-m", "lab"]
# The lab, all that it imports, and the settings of pytest.
OURS = ("lab", "tools", "tests/*.py", "pyproject.toml", ".gitignore")
NOT_OURS = ("conftest.py", "faults", "refactorings", "*.json", "__pycache__")
AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
DEADLINE_SECONDS = 60


class Project:
    """The folder, and the empty database that the lab may use."""

    def __init__(self, home: Path, database_url: str) -> None:
        """Name the place; nothing is there yet."""
        self.folder = home / "project"
        self.temporary = home / "temporary"
        self._database_url = database_url

    def make(self) -> Self:
        """Write and commit the project."""
        for pattern in OURS:
            for source in ROOT.glob(pattern):
                self._take(source)
        for name, content in FILES.items():
            self.write(name, content)
        for name, content in CATALOGUE.items():
            self.write(f"lab/{name}.patch", content)
        self.temporary.mkdir()
        for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "Begin"]):
            self.git(*command)
        return self

    def copy(self, home: Path) -> "Project":
        """Return another one, with all that the lab has kept in this one."""
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
        """Let git do something, and return what it says."""
        command = ["git", *arguments]
        return subprocess.check_output(command, cwd=self.folder, env=self.environment, text=True)

    @property
    def environment(self) -> dict[str, str]:
        """All that the lab is told: no setting of the run that these tests are part of."""
        return {
            "PATH": os.environ["PATH"],
            "TEST_POSTGRES": self._database_url,
            "TMPDIR": str(self.temporary),
        }

    def results(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return what the lab wrote down, by patch and layer; it never tried all three layers."""
        file = self.folder / ".build/lab/results-part.json"
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        return {(cell["patch"], cell["layer"]): cell for cell in cells}

    def verdicts(self) -> dict[tuple[str, str], str]:
        """Return the verdict of each patch and layer."""
        return {key: cell["verdict"] for key, cell in self.results().items()}

    def _take(self, source: Path) -> None:
        target = self.folder / source.relative_to(ROOT)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_OURS))
        elif source.name not in NOT_OURS:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
