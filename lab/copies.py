"""Copies of the project, in which patches are applied: the tree itself is never touched."""

import os
import shutil
import subprocess
from pathlib import Path

from lab.catalogue import Patch
from tools.common import ROOT, ToolError


class Copy:
    """One folder with all that git tracks or would track, as it stands in the tree now."""

    def __init__(self, folder: Path, brought: Path | None) -> None:
        """Make it, with tests that somebody brought; raises ToolError where there is no git."""
        self.folder = folder
        for file in tracked_files():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
        if brought:
            place = folder / "tests" / brought.name
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(brought, place)
        shutil.copytree(folder / "app", self.pristine / "app")

    @property
    def pristine(self) -> Path:
        """The folder whose app/ has no patch."""
        return self.folder / ".build" / "pristine"

    def apply(self, patches: list[Patch]) -> None:
        """Let app/ be the tree's with these patches alone; raises ToolError, with git's reason."""
        self.reset()
        # Were the copy within a checkout, git would look for the files there.
        alone = os.environ | {"GIT_CEILING_DIRECTORIES": str(self.folder.parent)}
        for patch in patches:
            command = ["git", "apply", "--whitespace=nowarn", str(patch.path)]
            done = subprocess.run(
                command, cwd=self.folder, env=alone, capture_output=True, text=True, check=False
            )
            if done.returncode:
                reason = "; ".join(done.stderr.splitlines())
                raise ToolError(f"{patch.name} applies no more, so renew it: {reason}")

    def reset(self) -> None:
        """Let app/ be that of the tree."""
        shutil.rmtree(self.folder / "app")
        shutil.copytree(self.pristine / "app", self.folder / "app")


def tracked_files() -> list[str]:
    """Return the files that git knows or would add; raises ToolError where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"The lab copies what git knows, and git says: {done.stderr.strip()}")
    return [file for file in done.stdout.split("\0") if file and (ROOT / file).is_file()]
