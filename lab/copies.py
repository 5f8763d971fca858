"""Copies of the project to which patches are applied: the working tree itself is never touched."""

import shutil
from pathlib import Path

from lab.catalogue import Patch
from tools.common import ROOT, ToolError
from tools.git import GitError, apply, files


class Copy:
    """A folder with all files that .gitignore does not exclude, as they are at the moment.

    `submitted` is a folder of tests that is copied too, beside the layers or in place of the one
    with the same name. Needs git, but the project need not be a checkout.
    """

    def __init__(self, folder: Path, submitted: Path | None = None) -> None:
        self.folder = folder
        for file in files(ROOT):
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
        for patch in patches:
            plant(patch, self.folder)


def plant(patch: Patch, folder: Path, *options: str) -> None:
    """Apply a patch to the project in the folder; raises ToolError with git's reason."""
    try:
        apply(patch.path, folder, *options)
    except GitError as error:
        raise ToolError(f"{patch.name} no longer applies, so make it again: {error}") from error
