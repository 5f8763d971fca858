"""Authentication: whose token a request carries."""

from flask import after_this_request, g, request

from app.api.cookies import forget_sent_cookies, session_tokens
from app.api.dependencies import dependencies
from app.api.problems import unauthorized
from app.domain.errors import InvalidTokenError
from app.domain.live import Author, parse_page_id

PAGE_HEADER = "X-Page-Id"


def current_user_id() -> int:
    """Return the id of the user whose token the request carries; raises Problem (401)."""
    try:
        claims = dependencies().tokens.read(_token())
    except InvalidTokenError as error:
        raise unauthorized(
            "The token is not valid (any more). Sign in again.", "invalid_token"
        ) from error
    g.claims = claims
    g.user_id, g.token_id = claims.user_id, claims.token_id
    return claims.user_id


def current_author() -> Author:
    """Return who makes a change, and from which open page; raises Problem (401)."""
    return Author(current_user_id(), parse_page_id(request.headers.get(PAGE_HEADER, "")))


def _token() -> str:
    """Return the token; a bad Authorization header never falls back to the cookie."""
    if "Authorization" not in request.headers:
        return _token_of_cookie()
    scheme, _, token = request.headers["Authorization"].partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("Send the token as Authorization: Bearer.")
    return token.strip()


def _token_of_cookie() -> str:
    """Return the only one: of two, the other may put a person into a stranger's account."""
    match session_tokens():
        case [token]:
            return token
        case []:
            raise unauthorized("Sign in, or send a token as Authorization: Bearer.")
    after_this_request(forget_sent_cookies)
    raise unauthorized(
        "Two session cookies were sent, and one may be of another site on this host. "
        "Both are deleted now: sign in again."
    )
