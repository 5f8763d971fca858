"""A stub of the breach API: a real HTTP server on this machine, which knows one password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

BREACHED_PASSWORD = "password1234"
RANGE = re.compile(r"/range/[0-9A-F]{5}")
# Suffixes with a count of 0 are padding, which hides the real size of an answer.
PADDING = [f"{number:035X}:0" for number in range(3)]


@contextmanager
def serve_breach_api() -> Iterator[str]:
    """Run the API until the block ends, and yield its address."""
    with HTTPServer() as server:
        request = server.expect_request(RANGE, headers={"Add-Padding": "true"})
        request.respond_with_handler(_answer)
        yield server.url_for("").rstrip("/")


def _answer(request: Request) -> Response:
    digest = sha1(BREACHED_PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()
    breached = [f"{digest[5:]}:42"] if request.path.endswith(digest[:5]) else []
    return Response("\r\n".join([*PADDING, *breached]), content_type="text/plain")
