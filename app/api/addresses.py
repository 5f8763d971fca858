"""Addresses in the one form in which they are compared, counted and logged."""

import re
from ipaddress import ip_address

# All of what is not an IP address: a proxy's "unknown" or "_hidden" (RFC 7239), a Unix socket.
UNKNOWN = "unknown"
DEFAULT_PORTS = {"http": "80", "https": "443"}
HOST = re.compile(r"(?P<name>[a-z0-9_.-]*[a-z0-9_-]|\[[0-9a-f:.]+\])\.?(?::(?P<port>[0-9]*))?")


def client_address(peer: str, forwarded_for: str, trusted_proxies: int) -> str:
    """Return the client's IP address, or UNKNOWN.

    Each trusted proxy adds one element of X-Forwarded-For at the right. What stands to the left of
    theirs comes from the client, so nothing there, such as a quotation mark, may change the count.
    """
    elements = forwarded_for.split(",") if forwarded_for else []
    is_forwarded = 0 < trusted_proxies <= len(elements)
    return canonical_address(elements[-trusted_proxies] if is_forwarded else peer)


def canonical_address(text: str) -> str:
    """Return an IP address without its brackets, port and zone, or UNKNOWN.

    With the port, which differs from connection to connection, each would count as a new client.
    """
    host = text.strip(' \t"')
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        ip = ip_address(host.partition("%")[0])
    except ValueError:
        return UNKNOWN
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def canonical_host(text: str, scheme: str) -> str:
    """Return a Host header as browsers write it, or "" if it is malformed.

    Case, a dot at the end and the scheme's own port make no difference (RFC 9110, section 4.2.3).
    """
    match = HOST.fullmatch(text.lower())
    if not match:
        return ""
    name, port = match["name"], match["port"]
    if name.startswith("["):
        name = f"[{canonical_address(name)}]"
    return name if port in {None, "", DEFAULT_PORTS[scheme]} else f"{name}:{port}"


def canonical_origin(text: str) -> str:
    """Return an Origin header (RFC 6454) as browsers write it, or "" if it is not one."""
    scheme, _, host = text.lower().partition("://")
    return f"{scheme}://{canonical_host(host, scheme)}" if scheme in DEFAULT_PORTS else ""
