"""Copies of the project to which patches are applied: the working tree itself is never touched."""

import os
import shutil
import subprocess
from pathlib import Path

from lab.catalogue import Patch
from tools.common import ROOT, ToolError


class Copy:
    """A folder with all files that git tracks or would add, as they are in the working tree now.

    `submitted` is a folder of tests that is copied too, beside the layers or in place of the one
    with the same name. Raises ToolError where there is no git.
    """

    def __init__(self, folder: Path, submitted: Path | None = None) -> None:
        self.folder = folder
        for file in tracked_files():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
        if submitted:
            target = folder / "tests" / submitted.name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(submitted, target)
        shutil.copytree(folder / "app", self.original / "app")

    @property
    def original(self) -> Path:
        """The folder that holds app/ without any patch."""
        return self.folder / ".build" / "original"

    def apply(self, patches: list[Patch]) -> None:
        """Apply these patches, and no others, to app/; raises ToolError with git's reason."""
        shutil.rmtree(self.folder / "app")
        shutil.copytree(self.original / "app", self.folder / "app")
        # If the copy is inside a checkout, git must not look for the files there.
        environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(self.folder.parent)}
        for patch in patches:
            command = ["git", "apply", "--whitespace=nowarn", str(patch.path)]
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                reason = "; ".join(done.stderr.splitlines())
                raise ToolError(f"{patch.name} no longer applies, so make it again: {reason}")


def tracked_files() -> list[str]:
    """Return the files that git tracks or would add; raises ToolError where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"The lab copies what git tracks, but git fails: {done.stderr.strip()}")
    return [file for file in done.stdout.split("\0") if file and (ROOT / file).is_file()]
