"""How the browser of the tests is kept from noticing that the network changes."""

import subprocess
import sys

import pytest

from tests.support.browser import WITHOUT_NETLINK

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux announces changes of the network on a socket"
)


def run(statement: str) -> subprocess.CompletedProcess[str]:
    """Execute a statement in a program that is started as the browser is."""
    program = [sys.executable, "-c", f"from socket import *; {statement}"]
    return subprocess.run(
        [sys.executable, WITHOUT_NETLINK, *program], capture_output=True, text=True, check=False
    )


def test_a_routing_socket_is_refused() -> None:
    """Chromium aborts requests when such a socket announces a new address."""
    done = run("socket(AF_NETLINK, SOCK_RAW, 0)")

    assert "PermissionError" in done.stderr


@pytest.mark.parametrize("kind", ["AF_INET", "AF_UNIX", "AF_NETLINK, SOCK_RAW, 15"])
def test_other_sockets_are_allowed(kind: str) -> None:
    """The browser needs them, for example to reach the service, and for news of devices (15)."""
    done = run(f"socket({kind}).close()")

    assert done.stderr == ""
