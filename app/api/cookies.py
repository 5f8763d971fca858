"""The cookie in which a browser keeps the token, and other cookies that have its name.

A browser keeps one cookie per name, path and domain, and does not say which page set it. Another
port of the host, or under http a sibling subdomain, can set one with the token of another account.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from flask import Response, current_app, request

from app.api.addresses import UNKNOWN, canonical_address
from app.api.dependencies import dependencies


def session_tokens() -> list[str]:
    """Return the token of each cookie with our name; more than one means that not all are ours."""
    return request.cookies.getlist(dependencies().site.cookie)


def forget_session(response: Response) -> Response:
    """Delete the cookie, and whatever has its name for any path of the API."""
    rules = current_app.url_map.iter_rules()
    paths = {rule.rule.partition("<")[0] for rule in rules if rule.rule.startswith("/api/")}
    return _delete(response, {step for path in paths for step in _steps(path)}, [None])


def forget_sent_cookies(response: Response) -> Response:
    """Delete every cookie with our name that the browser may have sent with this request.

    Those are the cookies of the paths and domains above this one (RFC 6265, section 5.4).
    """
    return _delete(response, _steps(request.path), _domains(request.host.partition(":")[0]))


def _delete(response: Response, paths: Iterable[str], domains: list[str | None]) -> Response:
    """Under https there is only one, because of the prefix `__Host-`."""
    site = dependencies().site
    places = [("/", None)] if site.is_secure else sorted(product(paths, domains), key=str)
    for path, domain in places:
        response.delete_cookie(
            site.cookie, path, domain, secure=site.is_secure, httponly=True, samesite="Strict"
        )
    return response


def _steps(path: str) -> Iterator[str]:
    """Yield the path and those above it, each with and without a slash at the end."""
    for end, character in enumerate(path):
        if character == "/":
            yield from {path[:end] or "/", path[: end + 1]}
    yield path


def _domains(name: str) -> list[str | None]:
    """Return the domains that a cookie for this host may have; None stands for the host alone."""
    labels = name.split(".") if canonical_address(name) == UNKNOWN else []
    return [None, *(".".join(labels[start:]) for start in range(len(labels) - 1))]
