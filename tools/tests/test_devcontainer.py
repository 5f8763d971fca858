"""The development container tells the service at which address a browser reaches it."""

import re
import subprocess
from pathlib import Path

import pytest

from tools.common import ROOT

CODESPACE = {
    "CODESPACE_NAME": "orange-palm",
    "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev",
}
PUBLIC_URL = "PUBLIC_URL=https://orange-palm-8000.app.github.dev\n"


def start(folder: Path, **variables: str) -> str:
    """Run the container's start command in a folder, and return the file that `make run` reads."""
    text = (ROOT / ".devcontainer/devcontainer.json").read_text("utf-8")
    [command] = re.findall(r'"postStartCommand": "(.*)",?$', text, re.MULTILINE)
    command = command.replace('\\"', '"')
    environment = {"PATH": "/usr/bin:/bin", **variables}
    subprocess.run(["sh", "-c", command], cwd=folder, env=environment, check=True)
    file = folder / ".env"
    return file.read_text("utf-8") if file.exists() else ""


def test_a_codespace_has_the_address_of_its_forwarded_port(tmp_path: Path) -> None:
    """GitHub gives each codespace a name of its own, and forwards each port under it."""
    assert start(tmp_path, **CODESPACE) == PUBLIC_URL


@pytest.mark.parametrize("written", [PUBLIC_URL, "PUBLIC_URL=https://todo.example\n"])
def test_an_address_that_is_set_stays(written: str, tmp_path: Path) -> None:
    """The command runs at each start of the container, and must not overwrite a person's choice."""
    (tmp_path / ".env").write_text(written, "utf-8")

    assert start(tmp_path, **CODESPACE) == written


def test_a_local_container_keeps_the_default(tmp_path: Path) -> None:
    """An editor forwards its ports to the same ports of the own machine."""
    assert start(tmp_path) == ""
