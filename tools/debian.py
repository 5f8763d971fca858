"""Debian's package manager, used only where it needs no password."""

import os
import shutil
import subprocess

from tools.common import BUILD


def install(package: str, why: str) -> bool:
    """Install a package; return False if that needs a password or fails."""
    as_root = ["sudo", "-n"] if os.geteuid() else []
    if not (shutil.which("apt-get") and _succeeds([*as_root, "true"])):
        return False
    print(f"Installing Debian's package {package}: {why}.", flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    _succeeds([*apt, "update"])  # if it fails, the lists of an earlier update may be enough
    return _succeeds([*apt, "install", package])


def _succeeds(command: "list[str]") -> bool:
    if not shutil.which(command[0]):
        return False
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "apt.log").open("a") as log:
        done = subprocess.run(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=False
        )
    return done.returncode == 0
