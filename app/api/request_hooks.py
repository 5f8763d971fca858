"""What applies to every request: an id, a line in the log, headers that protect the browser."""

import logging
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from app.api.addresses import client_address
from app.api.dependencies import dependencies

log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = "max-age=31536000"


def register(app: Flask) -> None:
    """Run these hooks around each request of the app."""
    app.before_request(_start_request)
    app.after_request(_add_headers)
    app.after_request(_log_request)


def _start_request() -> None:
    g.started = time.perf_counter()
    g.request_id = uuid4().hex
    g.address = client_address(
        request.remote_addr or "",
        request.headers.get("X-Forwarded-For", ""),
        dependencies().site.trusted_proxies,
    )


def _add_headers(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    response.headers.update(SECURITY_HEADERS)
    if dependencies().site.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    if request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _log_request(response: Response) -> Response:
    """Log the path without its query, and no header or body, because these may hold secrets.

    Nor is the e-mail of a sign-in that failed: people type their password into the wrong field.
    """
    log.info(
        "request",
        extra={
            "address": g.address,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
            "user_id": g.get("user_id"),
            "token_id": g.get("token_id"),
        },
    )
    return response
