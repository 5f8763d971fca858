"""Addresses: the one form in which clients are counted and hosts are compared."""

import pytest

from app.api.addresses import canonical_host, canonical_origin, client_address


@pytest.mark.parametrize(
    ("element", "address"),
    [
        pytest.param("192.0.2.9", "192.0.2.9", id="IPv4"),
        pytest.param("192.0.2.9:5050", "192.0.2.9", id="IPv4 with a port"),
        pytest.param(" 192.0.2.9\t", "192.0.2.9", id="spaces"),
        pytest.param('"192.0.2.9:5050"', "192.0.2.9", id="quoted"),
        pytest.param("2001:DB8:0::1", "2001:db8::1", id="IPv6"),
        pytest.param("[2001:db8::1]", "2001:db8::1", id="IPv6 in brackets"),
        pytest.param("[2001:db8::1]:5050", "2001:db8::1", id="IPv6 with a port"),
        pytest.param('"[2001:db8::1]:5050"', "2001:db8::1", id="IPv6, quoted"),
        pytest.param("fe80::1%eth0", "fe80::1", id="a zone"),
        pytest.param("[fe80::1%25eth0]:5050", "fe80::1", id="a zone and a port"),
        pytest.param("::ffff:192.0.2.9", "192.0.2.9", id="IPv4 as IPv6"),
        pytest.param("[::ffff:192.0.2.9]:5050", "192.0.2.9", id="IPv4 as IPv6 with a port"),
        pytest.param("unknown", "unknown", id="unknown"),
        pytest.param("_hidden:5050", "unknown", id="obfuscated"),
        pytest.param("", "unknown", id="empty"),
        pytest.param("192.0.2.999", "unknown", id="no address"),
        pytest.param("[", "unknown", id="a bracket"),
        pytest.param("x" * 1000, "unknown", id="long"),
    ],
)
def test_an_address_has_one_form(element: str, address: str) -> None:
    """A port differs from connection to connection, so it must not make a new client."""
    assert client_address("127.0.0.1", f"203.0.113.1,{element}", trusted_proxies=1) == address


@pytest.mark.parametrize("sent", ['"', '"a', 'a\\"', 'a;b="c', ",", "for=1.2.3.4"])
def test_a_client_cannot_move_the_proxys_element(sent: str) -> None:
    """What a client sends in the header stays to the left of what the proxy adds."""
    assert client_address("127.0.0.1", f"{sent}, 192.0.2.9", trusted_proxies=1) == "192.0.2.9"


@pytest.mark.parametrize(("trusted", "forwarded"), [(0, "192.0.2.9"), (1, ""), (2, "192.0.2.9")])
def test_without_enough_proxies_the_peer_is_the_client(trusted: int, forwarded: str) -> None:
    """An element that no trusted proxy wrote says nothing."""
    assert client_address("127.0.0.1", forwarded, trusted) == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "scheme", "canonical"),
    [
        ("Todo.Example", "http", "todo.example"),
        ("todo.example.", "http", "todo.example"),
        ("todo.example.:8000", "http", "todo.example:8000"),
        ("todo.example:80", "http", "todo.example"),
        ("todo.example:", "http", "todo.example"),
        ("todo.example:443", "https", "todo.example"),
        ("todo.example:443", "http", "todo.example:443"),
        ("todo.example:80", "https", "todo.example:80"),
        ("[0:0:0:0:0:0:0:1]:8000", "http", "[::1]:8000"),
        ("[2001:DB8::1]", "http", "[2001:db8::1]"),
        ("", "http", ""),
        (".", "http", ""),
        ("todo.example..", "http", ""),
        ("ada@todo.example", "http", ""),
        ("todo.example/", "http", ""),
        ("todo.example:80:80", "http", ""),
        ("<b>", "http", ""),
    ],
)
def test_a_host_has_one_form(host: str, scheme: str, canonical: str) -> None:
    """Case, a dot at the end and the scheme's own port make no difference to a browser."""
    assert canonical_host(host, scheme) == canonical


@pytest.mark.parametrize(
    ("origin", "canonical"),
    [
        ("https://Todo.Example:443", "https://todo.example"),
        ("http://localhost.:8000", "http://localhost:8000"),
        ("null", ""),
        ("", ""),
        ("ftp://todo.example", ""),
    ],
)
def test_an_origin_has_one_form(origin: str, canonical: str) -> None:
    """A page that was opened under `localhost.` names that as its origin."""
    assert canonical_origin(origin) == canonical
