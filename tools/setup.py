"""Creates .venv and installs requirements/NAME.txt, as `python -m tools.start NAME` asks.

A second call does nothing until the lock file or the Python version changes. The machine's own
Python runs this, so it needs only the standard library.
"""

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
from typing import TextIO

from tools import debian
from tools.common import BUILD, ROOT, ToolError

PYTHON_VERSION = "python{}.{}".format(*sys.version_info)
ALL = "dev"  # the lock file that contains the others
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed"
LOG = BUILD / "setup.log"


def main() -> None:
    """Set up what the first argument names; exit with one line if that fails."""
    try:
        with _lock():
            if _installed() not in {_mark(sys.argv[1]), _mark(ALL)}:
                _install(sys.argv[1])
    except ToolError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Cannot set up {VENV}: {error.strerror} ({error.filename}).")
    except KeyboardInterrupt:
        sys.exit("Stopped. The next call starts the set-up again.")


def _lock() -> TextIO:
    """Wait for any other set-up in this folder; closing the file ends the lock."""
    BUILD.mkdir(exist_ok=True)
    lock = (BUILD / "setup.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _mark(name: str) -> str:
    locked = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return f"{PYTHON_VERSION} {name} {hashlib.sha256(locked).hexdigest()}"


def _installed() -> str:
    # Without a working interpreter, the installed packages are useless.
    return MARK.read_text() if MARK.exists() and PYTHON.exists() else ""


def _install(name: str) -> None:
    print("Setting up .venv, once; this takes less than a minute.", flush=True)
    version, *installed = _installed().split() or [""]
    if ALL in installed:
        name = ALL  # installed packages stay, because a server may be using them
    MARK.unlink(missing_ok=True)
    LOG.unlink(missing_ok=True)
    if version != PYTHON_VERSION:
        _make_venv()
    # The system's certificates include those of company proxies that inspect traffic.
    uv = [str(VENV / "bin" / "uv"), "--system-certs", "pip", "sync", "--python", str(PYTHON)]
    _run(*uv, "--require-hashes", "--no-build", "--compile-bytecode", f"requirements/{name}.txt")
    MARK.write_text(_mark(name))


def _make_venv() -> None:
    package = f"{PYTHON_VERSION}-venv"
    why = "Python cannot create a virtual environment without it"
    if not importlib.util.find_spec("ensurepip") and not debian.install(package, why):
        raise ToolError(
            f"{sys.executable} cannot make a virtual environment. Type: sudo apt-get install"
            f" {package} (or install a Python that has venv: make PYTHON=/path/to/python)"
        )
    _run(sys.executable, "-m", "venv", "--clear", str(VENV))
    # uv installs and compiles the rest in half of pip's time.
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    _run(*pip, "install", "--require-hashes", "-r", "requirements/uv.txt")


def _run(*command: str) -> None:
    with LOG.open("a") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False)
    if done.returncode:
        raise ToolError(f"The set-up of .venv failed. Is there a network? Details: {LOG}")
