"""Whether a browser sends a request on behalf of our own page, or of another site's.

A browser attaches the cookie to requests that any site makes (cross-site request forgery, CSRF),
but it also says who makes them: in Sec-Fetch-Site (W3C Fetch Metadata) or in Origin (RFC 6454).
"""

from http import HTTPStatus

from flask import render_template, request

from app.api.addresses import DEFAULT_PORTS, canonical_host, canonical_origin
from app.api.cookies import session_tokens
from app.api.dependencies import dependencies
from app.api.problems import Problem

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# These ask for e-mail and password: a program that keeps cookies may call them once more.
WITH_PASSWORD = {"accounts.sign_up", "accounts.sign_in"}
# Health probes ask by address, and the answers say nothing about anybody.
ANY_HOST_PATHS = {"/healthz", "/readyz"}


def reject_unknown_hosts() -> tuple[str, int] | None:
    """Reject a request that was meant for another host name (DNS rebinding).

    A person at a browser gets a page that says what to set.
    """
    host = request.headers.get("Host", "")
    origins = {canonical_origin(f"{scheme}://{host}") for scheme in DEFAULT_PORTS}
    if request.path in ANY_HOST_PATHS or not origins.isdisjoint(dependencies().site.origins):
        return None
    status = HTTPStatus.MISDIRECTED_REQUEST
    kinds = ["application/problem+json", "text/html"]
    if request.accept_mimetypes.best_match(kinds) == "text/html":
        return render_template("unknown-host.html", host=canonical_host(host, "https")), status
    raise Problem(status, "This host name is not ours: the setting PUBLIC_URL has another.")


def reject_cross_site_writes() -> None:
    """Reject a write that carries the cookie but was not made by our own page.

    A token in the Authorization header decides alone: another site's page cannot send that header.
    """
    if request.method in SAFE_METHODS or "Authorization" in request.headers:
        return
    if request.endpoint in WITH_PASSWORD:
        is_ours = not _names_another_site()
    else:
        fetch_site = request.headers.get("Sec-Fetch-Site")
        is_ours = fetch_site == "same-origin" if fetch_site else _is_same_origin()
        is_ours = is_ours or not session_tokens()
    if not is_ours:
        raise _cross_site()


def reject_cross_site_sockets() -> None:
    """Reject a WebSocket that another site's page opens with our cookie.

    Browsers let any page open one to any host, with cookies, so the Origin must be ours.
    """
    if "Authorization" not in request.headers and not _is_same_origin():
        raise _cross_site()


def _names_another_site() -> bool:
    """Tell whether a browser asks on behalf of another site, such as to sign a person in there.

    A program sends neither header. (Signing a browser in to another account is login CSRF.)
    """
    fetch_site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return fetch_site != "same-origin" or ("Origin" in request.headers and not _is_same_origin())


def _is_same_origin() -> bool:
    return canonical_origin(request.headers.get("Origin", "")) in dependencies().site.origins


def _cross_site() -> Problem:
    return Problem(
        HTTPStatus.FORBIDDEN,
        "With the cookie, only this site's own page may do this. A program sends its token as "
        "Authorization: Bearer instead. If this is the site's own page, set PUBLIC_URL to its "
        "address.",
    )
