"""PostgreSQL refuses to run as root; for root it runs as `nobody`, in folders `nobody` can reach.

No user account is added, and no existing folder changes its owner or permissions. Root in a user
namespace may be unable to become `nobody`, and a user may have no account: for them PostgreSQL runs
in a namespace that shows them as `nobody` (user_namespaces(7)).
"""

import hashlib
import os
import pwd
import shutil
from pathlib import Path
from typing import Any

ACCOUNT = "nobody"
USER_IDS = Path("/proc/self/uid_map")
# Everybody can reach this folder, and only root can create anything in it.
SHARED_FOLDER = Path("/var/lib")


def becomes_nobody() -> bool:
    """Return whether this is a root that may become another user."""
    return os.geteuid() == 0 and _is_mapped(pwd.getpwnam(ACCOUNT).pw_uid)


def in_namespace() -> list[str]:
    """Return the command that shows us as `nobody` to the program named after it, if needed."""
    if becomes_nobody() or (os.geteuid() != 0 and _has_account()):
        return []
    account = pwd.getpwnam(ACCOUNT)
    users = (f"--map-user={account.pw_uid}", f"--map-group={account.pw_gid}")
    return ["unshare", "--user", *users]


def identity() -> dict[str, Any]:
    """Return the arguments that make `subprocess` start PostgreSQL as another user, for root."""
    if not becomes_nobody():
        return {}
    account = pwd.getpwnam(ACCOUNT)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def make_home(wanted: Path) -> Path:
    """Create the folder `wanted`, or its fallback if PostgreSQL could not reach it."""
    home = wanted
    home.mkdir(parents=True, exist_ok=True)
    if not becomes_nobody():
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
    if becomes_nobody():
        shutil.chown(path, ACCOUNT)


def can_run_from(package: Path, home: Path) -> bool:
    """Return whether `reachable_programs` can be started: many a /dev/shm forbids it."""
    allowed = not os.statvfs(home).f_flag & getattr(os, "ST_NOEXEC", 0)
    return allowed or not becomes_nobody() or _is_reachable(package)


def reachable_programs(package: Path, home: Path) -> Path:
    """Return `package`, or a copy of it in `home` if PostgreSQL could not run from there."""
    if not becomes_nobody() or _is_reachable(package):
        return package
    copy = home / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    # The libraries that the programs load are beside the package.
    for folder in package.parent.glob(f"{package.name}*"):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("pginstall"))
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    return copy / package.name


def _is_mapped(user: int) -> bool:
    """Return whether a user of this id exists here; a user namespace may have few."""
    if not USER_IDS.exists():
        return True
    ranges = [list(map(int, line.split())) for line in USER_IDS.read_text().splitlines()]
    return any(begin <= user < begin + count for begin, _, count in ranges)


def _has_account() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def _is_reachable(folder: Path) -> bool:
    """Return whether all users may enter this folder and every folder above it."""
    folder = folder.resolve()
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
