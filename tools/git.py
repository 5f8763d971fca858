"""Calls git so that it does the same in every surrounding.

git sets variables such as GIT_DIR for its hooks: with them, a call that is meant for another folder
would change the hook's repository. A person's configuration can change the format of a diff, sign
commits or run programs. So git gets neither: only the folder, and the options in `gitconfig`.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from tools.common import ROOT, ToolError

CONFIG = Path(__file__).with_name("gitconfig")
# It overrides the repository's own configuration, too.
GIT = ("git", "-c", f"include.path={CONFIG}")
DIFF = (
    "diff",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
NO_HISTORY = (
    "This compares app/ with an earlier commit, which a downloaded archive does not have."
    " Make a clone"
)
NO_REPOSITORY = {"GIT_DIR": os.devnull}


class GitError(ToolError):
    """git refused; the message is git's own."""


def git(*arguments: str | Path, folder: Path = ROOT, **variables: str) -> str:
    """Run git in the folder and return what it prints; raises GitError, or ToolError without git.

    `variables` are the only ones that git gets besides PATH.
    """
    command = [*GIT, *map(str, arguments)]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment() | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError as error:
        raise ToolError(
            "git is not installed. Type: sudo apt-get install git (or brew install git)"
        ) from error
    if done.returncode:
        reason = "; ".join(done.stderr.split("\n")).strip("; ") or "git does not say why"
        raise GitError(f"git {arguments[0]}: {reason}")
    return done.stdout


def apply(patch: Path, folder: Path, *options: str) -> str:
    """Apply a patch to the folder; raises GitError.

    Within a repository, git would skip the files that are outside of it and say nothing.
    """
    return git("apply", *options, patch.resolve(), folder=folder, **NO_REPOSITORY)


def files(folder: Path) -> list[str]:
    """Return the files that .gitignore does not exclude, in any folder: it need not be a checkout.

    For an empty repository, they are the files that could be added.
    """
    options = ("--others", "--exclude-standard", "-z")
    with tempfile.TemporaryDirectory(prefix="todo-git-") as home:
        git("init", "--quiet", home)
        found = git("ls-files", *options, folder=folder, **_repository(Path(home, ".git"), folder))
    return sorted(file for file in found.split("\0") if (folder / file).is_file())


def require_history(folder: Path = ROOT) -> None:
    """Raise ToolError unless the last commit has the project's app/."""
    try:
        committed = git("ls-tree", "--name-only", "HEAD", "app", folder=folder)
    except GitError as error:
        raise ToolError(f"{NO_HISTORY} ({error}).") from error
    if not committed:
        raise ToolError(f"{NO_HISTORY}.")


def _repository(git_dir: Path, work_tree: Path) -> dict[str, str]:
    return {"GIT_DIR": str(git_dir), "GIT_WORK_TREE": str(work_tree)}


def _environment() -> dict[str, str]:
    """Return the variables without which git would read files of the person or the system.

    Not even HOME is among them, because git looks for the person's ignored files there.
    """
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "GIT_CONFIG_GLOBAL": str(CONFIG),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
