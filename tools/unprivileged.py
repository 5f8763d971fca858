"""PostgreSQL refuses to run as root; for root it runs as `nobody`, in folders `nobody` can reach.

No user account is added, and no existing folder changes its owner or permissions.
"""

import hashlib
import os
import pwd
import shutil
from pathlib import Path
from typing import Any

ACCOUNT = "nobody"
# Everybody can reach this folder, and only root can create anything in it.
SHARED_FOLDER = Path("/var/lib")


def identity() -> dict[str, Any]:
    """Return the arguments that make `subprocess` start PostgreSQL as another user, for root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(ACCOUNT)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def make_home(wanted: Path) -> Path:
    """Create the folder `wanted`, or its fallback if PostgreSQL could not reach it."""
    home = wanted
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        home.chmod(0o700)
        return home
    if not _is_reachable(home.parent):
        home = fallback(wanted)
        home.mkdir(exist_ok=True)
        print(f"{ACCOUNT} cannot reach {wanted}: the database is in {home}", flush=True)
    home.chmod(0o711)
    return home


def fallback(wanted: Path) -> Path:
    """Return the folder that replaces `wanted`; each project has its own."""
    name = hashlib.sha256(bytes(wanted.resolve())).hexdigest()[:12]
    return SHARED_FOLDER / f"todo-three-ways-{name}"


def give_away(path: Path) -> None:
    """Make the account that runs PostgreSQL the owner of a file or folder."""
    if os.geteuid() == 0:
        shutil.chown(path, ACCOUNT)


def reachable_programs(package: Path, home: Path) -> Path:
    """Return `package`, or a copy of it in `home` if PostgreSQL could not run from there."""
    if os.geteuid() != 0 or _is_reachable(package):
        return package
    copy = home / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    # The libraries that the programs load are beside the package.
    for folder in package.parent.glob(f"{package.name}*"):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("pginstall"))
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    return copy / package.name


def _is_reachable(folder: Path) -> bool:
    """Return whether all users may enter this folder and every folder above it."""
    folder = folder.resolve()
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
