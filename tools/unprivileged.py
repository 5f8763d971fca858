"""PostgreSQL refuses to run as root. For root it runs as `nobody`, in folders `nobody` reaches.

No user is added, and no folder that was there before changes its owner or permissions.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from tools.common import ToolError

ACCOUNT = "nobody"
# Kept over restarts of the machine, and open to every user.
COMMON_FOLDER = Path("/var/tmp")  # noqa: S108 -- what is made there is checked against tricks


class Identity(TypedDict, total=False):
    """The arguments with which `subprocess` starts a program as another user."""

    user: str
    group: int
    extra_groups: list[int]


def identity() -> Identity:
    """Return how to start PostgreSQL: as it is, or, for root, as an unprivileged user."""
    if os.geteuid() != 0:
        return {}
    group = pwd.getpwnam(ACCOUNT).pw_gid
    return {"user": ACCOUNT, "group": group, "extra_groups": []}


def make_home(wanted: Path) -> Path:
    """Make the folder `wanted`, or another where PostgreSQL cannot reach that, and return it.

    Raises ToolError where somebody else's folder stands in its place.
    """
    wanted.mkdir(parents=True, exist_ok=True)
    # Root keeps the folder itself, so that `nobody` cannot put a link where root writes.
    wanted.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if _succeeds("test", "-x", wanted):
        return wanted
    home = fallback(wanted)
    _make_own_folder(home)
    print(f"{ACCOUNT} cannot reach {wanted}: the database is in {home}", flush=True)
    return home


def fallback(wanted: Path) -> Path:
    """Return the folder that takes the place of `wanted`, whether it is there or not."""
    name = hashlib.sha256(bytes(wanted.resolve())).hexdigest()[:12]
    return COMMON_FOLDER / f"todo-three-ways-{name}"


def give_away(path: Path) -> None:
    """Make a file or folder the property of the account that PostgreSQL runs as."""
    if os.geteuid() == 0:
        shutil.chown(path, ACCOUNT, pwd.getpwnam(ACCOUNT).pw_gid)


def reachable_programs(package: Path, home: Path) -> Path:
    """Return `package`, or a copy of it in `home` where PostgreSQL cannot be run from there."""
    if _succeeds(package / "pginstall18/bin/initdb", "--version"):
        return package
    copy = home / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    # The libraries are looked for beside the package.
    for folder in package.parent.glob(f"{package.name}*"):
        unneeded = shutil.ignore_patterns("pginstall", "__pycache__")
        shutil.copytree(folder, copy / folder.name, ignore=unneeded)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    return copy / package.name


def _make_own_folder(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise ToolError(f"{folder} is not root's own folder. Look at it, then remove it.")
    folder.chmod(0o711)


def _succeeds(*command: object) -> bool:
    # A program of an unreachable folder raises PermissionError instead.
    with suppress(PermissionError):
        done = subprocess.run(
            [str(part) for part in command], cwd="/", capture_output=True, check=False, **identity()
        )
        return done.returncode == 0
    return False
