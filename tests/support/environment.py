"""What the programs of this project inherit from the caller's environment: a list of what they may.

Any other variable is left behind, because too many change what a program does: PGSSLMODE changes
every PostgreSQL client, HTTP_PROXY every HTTP client, FORCE_COLOR any output, COVERAGE_FILE a
measurement. `python -m tests.support.environment` prints the names that the Makefile leaves behind.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from tests.support.paths import BUILD, ROOT

# What any program needs. Without a locale, Python, git and PostgreSQL speak English and write
# UTF-8. Where a version manager is installed, `python3` is a script that reads its variables.
SYSTEM = (
    *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "XDG_*_HOME"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYENV_*", "ASDF_*", "MISE_*"),
)
# What describes the machine: its Docker engine, its screen, and where its browsers are.
MACHINE = (
    *("DOCKER_*", "TESTCONTAINERS_*", "TC_HOST", "RYUK_*"),
    *("TEST_POSTGRES", "TEST_POSTGRES_IMAGE"),
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"),
    *("PLAYWRIGHT_BROWSERS_PATH", "PWDEBUG"),
)
# The lab and coverage set these to measure the processes that tests start.
MEASUREMENT = ("COVERAGE_PROCESS_CONFIG", "PYTHONPATH")
# What a command obeys, but does not hand on to the programs that it tests or measures.
COMMAND = (
    *("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ARGS", "COVERAGE", "HEADED", "PYTHON"),
    *("NO_COLOR", "PY_COLORS", "CI", "GITHUB_*", "RUNNER_*"),
)
# How the set-up reaches the package index and Playwright's downloads.
NETWORK = (
    *("*_PROXY", "*_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"),
    *("SSL_CLIENT_CERT", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "NETRC", "XDG_CONFIG_DIRS"),
    *("PIP_*", "UV_INDEX*", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS"),
    *("UV_INSECURE_HOST", "UV_HTTP_*", "UV_KEYRING_PROVIDER", "UV_SYSTEM_CERTS", "UV_NATIVE_TLS"),
    *("UV_OFFLINE", "UV_*CACHE*", "UV_*CONFIG*", "UV_CONCURRENT_*", "UV_LINK_MODE"),
    *("PLAYWRIGHT_*", "npm_config_*", "NPM_CONFIG_*", "APT_CONFIG"),
)
LIBPQ = ("PG*",)
# Where the caller has no home folder, or none to write to, this one takes its place.
HOME = BUILD / "home"
# A system's settings and ~/.netrc must not come between us and a server on this machine.
LOCAL = {"NO_PROXY": "127.0.0.1,localhost", "NETRC": os.devnull}
# A name that a makefile can contain.
PLAIN_NAME = re.compile(r"[\w.%()-]+")


def clean_environment(**changes: str) -> dict[str, str]:
    """Return the environment of a program that speaks to servers on this machine only."""
    return inherited(*SYSTEM, *MACHINE, *MEASUREMENT) | LOCAL | _home() | changes


def networked_environment(*also: str, **changes: str) -> dict[str, str]:
    """Return the environment of a program that may reach the network, as the set-up does."""
    return inherited(*SYSTEM, *MACHINE, *NETWORK, *also) | _home() | changes


def clean_up(*also: str) -> None:
    """Remove what a test or a measurement must not see from the environment of this process."""
    kept = LOCAL | inherited(*SYSTEM, *MACHINE, *MEASUREMENT, *COMMAND, *also) | _home()
    for name in os.environ.keys() - kept.keys():
        del os.environ[name]
    os.environ.update(kept)
    time.tzset()


def inherited(*patterns: str) -> dict[str, str]:
    """Return the variables of this process whose names match one of these patterns."""
    return {name: value for name, value in os.environ.items() if _matches(name, patterns)}


def settings() -> tuple[str, ...]:
    """Return the names of the service's settings, which .env.example lists."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return tuple(re.findall(r"^# ([A-Z_]+)=", text, re.MULTILINE))


def left_behind(*, serves: bool) -> Iterator[str]:
    """Yield the names of the variables that a recipe of the Makefile does not inherit.

    One that `serves` inherits the service's settings, and what libpq reads for its database.
    """
    patterns = (*SYSTEM, *MACHINE, *COMMAND, *NETWORK, *(serves * (*LIBPQ, *settings())))
    for name in os.environ:
        if PLAIN_NAME.fullmatch(name) and not _matches(name, patterns):
            yield name


def _home() -> dict[str, str]:
    """Return the home folder; a user without an account, for example, gets one."""
    try:
        own = Path.home()
    except RuntimeError:
        own = HOME
    if not (own.is_dir() and os.access(own, os.W_OK)):
        own = HOME
        own.mkdir(parents=True, exist_ok=True)
    return {"HOME": str(own)}


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


if __name__ == "__main__":
    print(*left_behind(serves=bool(sys.argv[1:])))  # noqa: T201 -- for the Makefile
