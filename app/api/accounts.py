"""Sign up, sign in, sign out."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, jsonify

from app.api.auth import current_author, current_user_id
from app.api.cookies import forget_sent_cookies, forget_session, session_tokens
from app.api.dependencies import dependencies
from app.api.problems import Problem, too_many_requests, unauthorized
from app.api.request_body import read_body
from app.domain.accounts import User, canonical_email, canonical_password
from app.domain.errors import BusyError, EmailTakenError, StorageUnavailableError, UnknownUserError
from app.domain.limits import Limit
from app.ports import IssuedToken

accounts = Blueprint("accounts", __name__)


@accounts.post("/api/users")
def sign_up() -> tuple[Response, int, dict[str, str]]:
    """Create an account."""
    body = read_body("NewUser", password=canonical_password)
    with _counted(dependencies().site.limits.sign_up(g.address)):
        _reject_breached(body["password"])
        password_hash = dependencies().passwords.hash(body["password"])
    try:
        user = dependencies().users.add(
            canonical_email(body["email"]), password_hash, datetime.now(UTC)
        )
    except EmailTakenError as error:
        raise Problem(
            HTTPStatus.CONFLICT, "There is an account with this e-mail already: sign in instead."
        ) from error
    g.user_id = user.id
    return jsonify(_to_json(user)), HTTPStatus.CREATED, {"Location": "/api/users/me"}


@accounts.get("/api/users/me")
def current_account() -> Response:
    """Return the account of the user who makes the request."""
    user = dependencies().users.get(current_user_id())
    if user is None:
        raise UnknownUserError
    return jsonify(_to_json(user))


@accounts.post("/api/sessions")
def sign_in() -> tuple[Response, int]:
    """Exchange e-mail and password for a token, given in the body and as a cookie."""
    body = read_body("SignIn", password=canonical_password)
    email = canonical_email(body["email"])
    limits = dependencies().site.limits.sign_in(email, g.address)
    with _counted(limits):
        user = _authenticate(email, body["password"])
    if user is None:
        raise unauthorized("The e-mail or the password is wrong.")
    _undo_attempt(limits)
    token = dependencies().tokens.issue(user.id)
    g.user_id, g.token_id = user.id, token.token_id
    return _session_response(token), HTTPStatus.CREATED


@accounts.delete("/api/sessions/current")
def sign_out() -> tuple[Response, int]:
    """Clear the cookie and close the page's WebSocket.

    A copy of the token stays valid until it expires.
    """
    # Without a valid session there is no socket to close.
    with suppress(Problem, StorageUnavailableError):
        dependencies().live.sign_out(current_author())
    return forget_session(Response()), HTTPStatus.NO_CONTENT


def _reject_breached(password: str) -> None:
    if dependencies().breaches.contain(password):
        why = "This password is known from data breaches: choose another."
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            why,
            errors=[{"pointer": "#/password", "detail": why}],
        )


def _authenticate(email: str, password: str) -> User | None:
    """Return the user, after exactly one hash comparison whether or not the e-mail is known."""
    found = dependencies().users.find(email)
    if dependencies().passwords.verify(password, found.password_hash if found else None):
        return found.user if found else None
    return None


def _count_attempt(limits: list[Limit]) -> None:
    """Count an attempt before its outcome is known, so that parallel attempts cannot evade it.

    Whatever adds counts also deletes old ones, or they would fill the database.
    """
    now = datetime.now(UTC)
    counts = dependencies().attempts.count(limits, now)
    seconds = dependencies().site.limits.seconds_to_wait(limits, counts, now)
    if seconds > 0:
        raise too_many_requests(seconds)
    dependencies().attempts.delete_expired(now)


def _undo_attempt(limits: list[Limit]) -> None:
    dependencies().attempts.undo([limit.key for limit in limits])


@contextmanager
def _counted(limits: list[Limit]) -> Iterator[None]:
    """Count an attempt, except one that the service was too busy to decide."""
    _count_attempt(limits)
    try:
        yield
    except BusyError:
        _undo_attempt(limits)
        raise


def _session_response(token: IssuedToken) -> Response:
    response = jsonify(token=token.text, token_type="Bearer", expires_in=token.expires_in)  # noqa: S106 -- a scheme's name, no secret
    if session_tokens():
        forget_sent_cookies(response)
    response.set_cookie(
        dependencies().site.cookie,
        token.text,
        max_age=token.expires_in,
        secure=dependencies().site.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def _to_json(user: User) -> dict[str, Any]:
    return {"id": user.id, "email": user.email, "created_at": user.created_at.isoformat()}
