"""Debian's package manager, used only where it needs no password."""

import os
import shutil
import subprocess
import time

from tests.support.environment import networked_environment
from tools.common import BUILD

LOG = BUILD / "apt.log"
LOCK_SECONDS = 300
# Older versions of apt-get do not wait for every lock.
PAUSE_SECONDS = 10
OPTIONS = ("-q", "-y", "-o", f"DPkg::Lock::Timeout={LOCK_SECONDS}")


def install(package: str, why: str) -> bool:
    """Install a package; return False if that needs a password, or fails, which is said."""
    as_root = ["sudo", "-n"] if os.geteuid() else []
    if not shutil.which("apt-get") or (as_root and _error([*as_root, "true"])):
        return False
    print(f"Installing Debian's package {package}: {why}.", flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *OPTIONS]
    _error_without_lock([*apt, "update"])  # the lists of an earlier update may be enough
    error = _error_without_lock([*apt, "install", package])
    if error:
        print(f"apt-get does not install {package}: {error} (see {LOG})", flush=True)
    return not error


def _error_without_lock(command: list[str]) -> str:
    """Run a command, and again later for as long as another program has apt's lock."""
    deadline = time.monotonic() + LOCK_SECONDS
    error = _error(command)
    while " lock " in error and time.monotonic() < deadline:
        print("Another program is installing packages; waiting for it.", flush=True)
        time.sleep(PAUSE_SECONDS)
        error = _error(command)
    return error


def _error(command: list[str]) -> str:
    """Run a command and return the first error that it prints, or "" if it succeeds."""
    if not shutil.which(command[0]):
        return f"there is no {command[0]}"
    done = subprocess.run(
        command,
        env=networked_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    BUILD.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(done.stdout)
    errors = [line.removeprefix("E: ") for line in done.stdout.splitlines() if line[:3] == "E: "]
    return (errors or [f"exit code {done.returncode}"])[0] if done.returncode else ""
