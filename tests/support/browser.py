"""How the tests use a browser: quietly, without patience, and with an eye on its console."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from tests.support.waiting import wait_until

NewContext = Callable[..., BrowserContext]

# A person gives up sooner than Playwright, which waits for half a minute.
TIMEOUT_MILLISECONDS = 5_000
# Linux's list of IPv6 addresses: the fifth column has the flags, among them that of a new address
# that is still being looked for elsewhere (linux/if_addr.h).
IPV6_ADDRESSES = Path("/proc/net/if_inet6")
TENTATIVE = 0x40
SETTLE_SECONDS = 15
# Chromium asks its maker for updates and more; where no network is, that only costs time.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# What tests provoke, in Chromium's words: it is the browser that reports these, not the page.
PROVOKED = re.compile(
    "Failed to load resource: "
    "(the server responded with a status of 4|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED))"
    "|WebSocket connection to '.*' failed: "
)
REPORT_VIOLATIONS = """
    addEventListener('securitypolicyviolation', (event) =>
        console.error(`Content security policy: ${event.violatedDirective}`));
"""


def wait_for_stable_network() -> None:
    """Wait until a network that appeared just now, such as a container's, has its address.

    Chromium drops the requests under way when one is added (ERR_NETWORK_CHANGED).
    """
    if IPV6_ADDRESSES.exists():
        wait_until(_every_address_is_settled, seconds=SETTLE_SECONDS)


def _every_address_is_settled() -> bool:
    flags = [int(line.split()[4], 16) for line in IPV6_ADDRESSES.read_text().splitlines()]
    return not any(flag & TENTATIVE for flag in flags)


def watch(context: BrowserContext, page_errors: list[str]) -> None:
    """Note in `faults` what goes wrong on any page: errors, and violations of its policy."""

    def on_console(message: ConsoleMessage) -> None:
        # What failed stands in one of the two: a request's address, or a sentence with a socket's.
        about = f"{message.location['url']} {message.text}"
        is_provoked = "/api/" in about and PROVOKED.match(message.text)
        if message.type == "error" and not is_provoked:
            page_errors.append(message.text)

    def on_error(error: WebError) -> None:
        page_errors.append(str(error.error))

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("console", on_console)
    context.on("weberror", on_error)
