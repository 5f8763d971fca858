"""A client's connection: what it has sent so far, and what it gets without a thread."""

import json
from contextlib import suppress
from http import HTTPStatus

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn

from app.server.framing import until_whole

RECEIVE_BYTES = 64 * 1024
RESPONSE_SECONDS = 20  # for a client to take a whole response: a full list at 50 kB a second


class Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """Collects one request after the other, without waiting; a thread may wait, but not long."""

    def expect_request(self, unused: bytes = b"") -> None:
        """Begin to collect a request; pipelining clients have sent some of it already."""
        self.sock.settimeout(0)
        self.data_ready = True  # a thread of gunicorn's would wait for more
        self.received = bytearray(unused)
        self.missing = until_whole(self.received)

    def init(self) -> None:
        """Let a thread read what was collected."""
        self.sock.settimeout(RESPONSE_SECONDS)
        self.parser = get_parser(self.cfg, [bytes(self.received)], self.client)

    def read(self) -> bytes:
        """Return what has arrived; nothing at the end of the connection."""
        try:
            return bytes(self.sock.recv(RECEIVE_BYTES))
        except OSError:
            return b""

    def send(self, data: bytes) -> None:
        """Send these few bytes if the client is still there and takes them at once."""
        with suppress(OSError):
            self.sock.send(data)


def problem(status: HTTPStatus) -> bytes:
    """Return a response that is a problem document (RFC 9457) and ends the connection."""
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status})
    return (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
        f"Content-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
