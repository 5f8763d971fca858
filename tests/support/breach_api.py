"""A breach API that knows one password, as a real server on this machine."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

BREACHED_PASSWORD = "password1234"
RANGE = re.compile(r"/range/[0-9A-F]{5}")
# Hashes that stand for none, so that the size of an answer gives nothing away.
PADDING = [f"{number:035X}:0" for number in range(3)]


@contextmanager
def serve_breach_api() -> Iterator[str]:
    """Run the API within the block and give its address."""
    with HTTPServer() as server:
        request = server.expect_request(RANGE, headers={"Add-Padding": "true"})
        request.respond_with_handler(_answer)
        yield server.url_for("").rstrip("/")


def _answer(request: Request) -> Response:
    digest = sha1(BREACHED_PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()
    known = [f"{digest[5:]}:42"] if request.path.endswith(digest[:5]) else []
    return Response("\r\n".join([*PADDING, *known]), content_type="text/plain")
