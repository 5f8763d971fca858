"""Creates .venv and installs requirements/NAME.txt, as `python -m tools.start NAME` asks.

A second call does nothing until the lock file or the Python version changes. The machine's own
Python runs this, so it needs only the standard library.
"""

import fcntl
import hashlib
import importlib.util
import re
import subprocess
import sys
from textwrap import shorten
from typing import TextIO

from tests.support.environment import networked_environment
from tools import debian, package_index
from tools.common import BUILD, ROOT, ToolError

PYTHON_VERSION = "python{}.{}".format(*sys.version_info)
ALL = "dev"  # the lock file that contains the others
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed"
LOG = BUILD / "setup.log"
PIP = ("--disable-pip-version-check", "install", "--require-hashes")
UV = ("--require-hashes", "--no-build", "--compile-bytecode")
# How pip and uv begin the lines that say what is wrong, and what they say without a network.
WORDS = re.compile(
    r"^(?:ERROR|error| *cause|Error|WARNING(?=: The repository)|(?=Could not fetch)):? *(.+)$",
    re.MULTILINE,
)
NO_NETWORK = re.compile(
    r"new connection|NameResolution|Connection refused|dns error|timed out|unreachable"
)
MAX_WORDS = 300


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
    """Return what a set-up depends on; its folder counts, because its scripts contain the path."""
    locked = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return f"{PYTHON_VERSION}\n{VENV}\n{name}\n{hashlib.sha256(locked).hexdigest()}"


def _installed() -> str:
    # Without a working interpreter, the installed packages are useless.
    return MARK.read_text(encoding="utf-8") if MARK.exists() and PYTHON.exists() else ""


def _install(name: str) -> None:
    print("Setting up .venv, once; this takes less than a minute.", flush=True)
    kept = _installed().splitlines()
    if ALL in kept:
        name = ALL  # installed packages stay, because a server may be using them
    MARK.unlink(missing_ok=True)
    LOG.unlink(missing_ok=True)
    if kept[:2] != _mark(name).splitlines()[:2]:
        _make_venv()
    index = package_index.environment(str(PYTHON))
    # uv installs and compiles the packages in half of pip's time.
    _run([str(PYTHON), "-m", "pip", *PIP, "-r", "requirements/uv.txt"], index)
    # The system's certificates include those of company proxies that inspect traffic.
    uv = [str(VENV / "bin" / "uv"), "--system-certs", "pip", "sync", "--python", str(PYTHON)]
    _run([*uv, *UV, *package_index.uv_options(index), f"requirements/{name}.txt"], index)
    MARK.write_text(_mark(name), encoding="utf-8")


def _make_venv() -> None:
    package = f"{PYTHON_VERSION}-venv"
    why = "Python cannot create a virtual environment without it"
    if not importlib.util.find_spec("ensurepip") and not debian.install(package, why):
        raise ToolError(
            f"{sys.executable} cannot make a virtual environment. Type: sudo apt-get install"
            f" {package} (or install a Python that has venv: make PYTHON=/path/to/python)"
        )
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], networked_environment())


def _run(command: list[str], environment: dict[str, str]) -> None:
    with LOG.open("a+b") as log:
        begin = log.tell()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=False
        )
        log.seek(begin)
        output = log.read().decode(errors="replace")
    if done.returncode:
        question = " Is there a network?" if NO_NETWORK.search(output) else ""
        raise ToolError(f"The set-up of .venv failed: {_words(output)}{question} Details: {LOG}")


def _words(output: str) -> str:
    """Return the error and its last cause, as pip or uv put them."""
    errors = [found[1].rstrip(".") for found in WORDS.finditer(output)] or ["it does not say why"]
    return shorten("; ".join(dict.fromkeys((errors[0], errors[-1]))), MAX_WORDS) + "."
