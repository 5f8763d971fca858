"""Whether a browser sends a request on behalf of our own page, or of another site's.

A browser attaches the cookie to requests that any site makes (cross-site request forgery, CSRF),
but it also says who makes them: in Sec-Fetch-Site (W3C Fetch Metadata) or in Origin (RFC 6454).
"""

from http import HTTPStatus

from flask import request

from app.api.auth import COOKIE
from app.api.dependencies import dependencies
from app.api.problems import Problem

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Health probes ask by address, and the answers say nothing about anybody.
ANY_HOST_PATHS = {"/healthz", "/readyz"}


def reject_unknown_hosts() -> None:
    """Reject a request that was meant for another host name (DNS rebinding)."""
    if request.path not in ANY_HOST_PATHS and request.host not in dependencies().site.hosts:
        raise Problem(HTTPStatus.MISDIRECTED_REQUEST, "This host name is not ours.")


def reject_cross_site_writes() -> None:
    """Reject a write that carries the cookie but was not made by our own page."""
    if request.method in SAFE_METHODS or COOKIE not in request.cookies:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    is_ours = fetch_site == "same-origin" if fetch_site else _is_same_origin()
    if not is_ours:
        raise _cross_site()


def reject_cross_site_sockets() -> None:
    """Reject a WebSocket that another site's page opens with our cookie.

    Browsers let any page open one to any host, with cookies, so the Origin must be ours.
    """
    if "Authorization" not in request.headers and not _is_same_origin():
        raise _cross_site()


def reject_cross_site_sign_in() -> None:
    """Refuse to set the cookie for another site's page (login CSRF)."""
    fetch_site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if fetch_site != "same-origin" or ("Origin" in request.headers and not _is_same_origin()):
        raise _cross_site()


def _is_same_origin() -> bool:
    return request.headers.get("Origin") in dependencies().site.origins


def _cross_site() -> Problem:
    return Problem(
        HTTPStatus.FORBIDDEN,
        "With the cookie, only this site's own page may do this. Programs send a token instead.",
    )
