"""The package index that pip and uv share: what is set for one of them holds for the other.

pip fetches uv, and uv fetches the rest. Behind a company's mirror, usually only one of them is set
up: pip by its files or by PIP_… variables, uv by UV_… variables. What else is set for pip, such as
`user` or `target`, would change where packages are installed, and is left out.

`python -m tools.package_index COMMAND` runs pip or uv like this, as `make lock` does.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from tests.support.environment import networked_environment

# What pip calls a setting, and the variable of uv.
SHARED = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
}
OF_PIP_ALONE = ("no-index", "cache-dir", "no-cache-dir", "keyring-provider", "use-feature")
ALIASES = {"index": "index-url", "pypi-url": "index-url", "default-timeout": "timeout"}
OLD_NAMES = {"UV_INDEX_URL": "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL": "UV_INDEX"}
# The sections of pip's files that count for `pip install`; the later one comes first.
SECTIONS = ("global", "install")
# Other programs name a file of certificates in these, which may be missing.
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
# An index of uv may have a name: NAME=https://…
NAME_OF_INDEX = re.compile(r"(?<!\S)[\w-]+=")
EXTRA = {"UV_INDEX", "UV_FIND_LINKS"}
YES = ("1", "true", "yes", "on", "y", "t")


def environment(python: str) -> dict[str, str]:
    """Return the environment of pip and uv; `python` has the pip whose files count."""
    inherited = networked_environment()
    for name in CERTIFICATES:
        if not Path(inherited.get(name, os.devnull)).exists():
            del inherited[name]
    for old, new in OLD_NAMES.items():
        if old in inherited:
            inherited.setdefault(new, inherited.pop(old))
    pip = _settings_of_uv(inherited) | _files_of_pip(python) | _variables_of_pip(inherited)
    others = {name: value for name, value in inherited.items() if not name.startswith("PIP_")}
    variables = {f"PIP_{name.replace('-', '_').upper()}": value for name, value in pip.items()}
    return _for_uv(pip) | others | variables | {"PIP_CONFIG_FILE": os.devnull}


def uv_options(environment: dict[str, str]) -> list[str]:
    """Return the options of uv that it reads from no variable."""
    return ["--no-index"] if environment.get("PIP_NO_INDEX", "").lower() in YES else []


def _settings_of_uv(inherited: dict[str, str]) -> dict[str, str]:
    """Return what uv's variables and those of other programs mean for pip."""
    found = {name: inherited[uv] for name, uv in SHARED.items() if uv in inherited}
    for name in {"index-url", "extra-index-url"} & found.keys():
        found[name] = NAME_OF_INDEX.sub("", found[name])
    if "find-links" in found:
        found["find-links"] = found["find-links"].replace(",", " ")
    for name in CERTIFICATES:
        if name in inherited:
            found["cert"] = inherited[name]
    return found


def _files_of_pip(python: str) -> dict[str, str]:
    command = [python, "-m", "pip", "config", "list"]
    listed = subprocess.run(
        command, env=networked_environment(), capture_output=True, text=True, check=False
    ).stdout
    lines = [line.partition("=") for line in listed.splitlines()]
    return {
        name: " ".join(ast.literal_eval(value).split())
        for section in SECTIONS
        for key, _, value in lines
        if (name := _shared_name(key.removeprefix(f"{section}.")))
    }


def _variables_of_pip(inherited: dict[str, str]) -> dict[str, str]:
    return {
        shared: value
        for name, value in inherited.items()
        if name.startswith("PIP_")
        and value
        and (shared := _shared_name(name.removeprefix("PIP_").lower().replace("_", "-")))
    }


def _shared_name(name: str) -> str:
    """Return pip's own name of a setting that says how to reach an index, or ""."""
    name = ALIASES.get(name, name)
    return name if name in (*SHARED, *OF_PIP_ALONE) else ""


def _for_uv(pip: dict[str, str]) -> dict[str, str]:
    """Return pip's settings as uv's variables."""
    found = {uv: pip[name] for name, uv in SHARED.items() if name in pip}
    if "UV_FIND_LINKS" in found:
        # pip ignores a folder that does not exist, and uv ends with an error.
        links = [link for link in found["UV_FIND_LINKS"].split() if _is_remote_or_exists(link)]
        found["UV_FIND_LINKS"] = ",".join(links)
    # pip takes the best version of all indexes. Hashes pin what may be installed from any of them.
    return found | {"UV_INDEX_STRATEGY": "unsafe-best-match"}


def _is_remote_or_exists(link: str) -> bool:
    address = urlsplit(link)
    return address.scheme not in {"", "file"} or Path(unquote(address.path)).exists()


def _run(command: list[str]) -> NoReturn:
    """Become pip or uv, for `make lock`."""
    variables = environment(sys.executable)
    options = uv_options(variables) if Path(command[0]).name == "uv" else []
    if not options:
        # They may have fewer files of a version than the index, and the lock would lack the others.
        for name in EXTRA & variables.keys():
            del variables[name]
    os.execvpe(command[0], [*command, *options], variables)  # noqa: S606 -- pip or uv


if __name__ == "__main__":
    _run(sys.argv[1:])
