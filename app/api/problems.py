"""Every error as a problem document (RFC 9457).

No body holds a value that differs from request to request: equal errors give equal responses, and
nothing that was sent, such as a password, comes back. The request's id is in a header.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from app.domain.errors import BusyError, ListFullError, StorageUnavailableError, UnknownUserError

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
NOTHING_HERE = "There is nothing at this address."


class Problem(Exception):  # noqa: N818 -- the RFC's own word
    """A response that is an error.

    `detail` is one sentence for a person; `errors` names the single validation errors.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def unauthorized(detail: str, error: str = "") -> Problem:
    """Return the problem of a request without a valid token (RFC 6750, section 3)."""
    challenge = f'Bearer error="{error}"' if error else "Bearer"
    return Problem(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})


def too_many_requests(seconds: int) -> Problem:
    """Return the problem of a client that has to wait for this many seconds."""
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "There were too many attempts. Wait before you try again.",
        headers={"Retry-After": str(seconds)},
    )


def to_response(problem: Problem) -> Response:
    """Return the problem as a response."""
    body = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    response = jsonify(body | ({"errors": list(problem.errors)} if problem.errors else {}))
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    response.headers.update(problem.headers)
    return response


def register(app: Flask) -> None:
    """Make the app respond to every error with a problem document."""
    app.register_error_handler(Problem, to_response)
    app.register_error_handler(HTTPException, _from_flask)
    app.register_error_handler(UnknownUserError, _unknown_user)
    app.register_error_handler(ListFullError, _list_full)
    app.register_error_handler(StorageUnavailableError, _unavailable)
    app.register_error_handler(BusyError, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _from_flask(error: HTTPException) -> Response:
    """Keep the headers that belong to the status, such as Allow."""
    headers = {
        name: value
        for name, value in error.get_headers()
        if name not in {"Content-Type", "Content-Length"}
    }
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    detail = NOTHING_HERE if status == HTTPStatus.NOT_FOUND else error.description
    return to_response(Problem(status, detail or f"{status.phrase}.", headers=headers))


def _unknown_user(_error: UnknownUserError) -> Response:
    return to_response(unauthorized("This account is not there any more.", "invalid_token"))


def _list_full(_error: ListFullError) -> Response:
    why = "The list is full. Delete a todo before you add another."
    return to_response(Problem(HTTPStatus.CONFLICT, why))


def _unavailable(error: Exception) -> Response:
    log.warning("unavailable: %s %s", type(error).__name__, error)
    return to_response(
        Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The service cannot do this just now. Try again in a few seconds.",
            headers={"Retry-After": str(RETRY_SECONDS)},
        )
    )


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return to_response(
        Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side, not yours.")
    )
