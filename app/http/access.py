"""Who is asking, and whether a browser asks on our own page's behalf."""

from http import HTTPStatus

from flask import g, request

from app.domain.errors import InvalidTokenError
from app.domain.live import Author, page_id_from
from app.http.parts import parts, site
from app.http.problems import Problem, unauthorized

COOKIE = "session"
PAGE_HEADER = "X-Page-Id"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# For probes, which ask by address, and say nothing about anybody.
OPEN_TO_ANY_HOST = {"/healthz", "/readyz"}


def current_user_id() -> int:
    """Return the id of the user whose token the request carries; raises Problem (401)."""
    try:
        claims = parts().tokens.read(_token())
    except InvalidTokenError as error:
        raise unauthorized(
            "The token is not valid (any more). Sign in again.", "invalid_token"
        ) from error
    g.claims = claims
    return claims.user_id


def _token() -> str:
    """Return the token; a header that is there but wrong never falls back to the cookie."""
    if "Authorization" not in request.headers:
        token = request.cookies.get(COOKIE)
        if token is None:
            raise unauthorized("Sign in, or send a token as Authorization: Bearer.")
        return token
    scheme, _, token = request.headers["Authorization"].partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("Send the token as Authorization: Bearer.")
    return token.strip()


def refuse_foreign_hosts() -> None:
    """Refuse a request that was meant for another name (DNS rebinding)."""
    if request.path not in OPEN_TO_ANY_HOST and request.host not in site().hosts:
        raise Problem(HTTPStatus.MISDIRECTED_REQUEST, "This host name is not ours.")


def refuse_forged_writes() -> None:
    """Refuse a write that carries the cookie but was not made by our own page (CSRF)."""
    if request.method in SAFE_METHODS or COOKIE not in request.cookies:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    ours = fetch_site == "same-origin" if fetch_site else _origin_is_ours()
    if not ours:
        raise _foreign()


def current_author() -> Author:
    """Return who changes something, and from which open page; raises Problem (401)."""
    return Author(current_user_id(), page_id_from(request.headers.get(PAGE_HEADER, "")))


def refuse_foreign_sockets() -> None:
    """Refuse a WebSocket that another site's page opens with our cookie.

    Browsers let any page open one to any host, with cookies, so the Origin must be ours.
    """
    if "Authorization" not in request.headers and not _origin_is_ours():
        raise _foreign()


def refuse_foreign_sign_in() -> None:
    """Refuse to set the cookie for another site's page (login CSRF)."""
    fetch_site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if fetch_site != "same-origin" or ("Origin" in request.headers and not _origin_is_ours()):
        raise _foreign()


def _origin_is_ours() -> bool:
    return request.headers.get("Origin") in site().origins


def _foreign() -> Problem:
    return Problem(
        HTTPStatus.FORBIDDEN,
        "With the cookie, only this site's own page may do this. Programs send a token instead.",
    )
