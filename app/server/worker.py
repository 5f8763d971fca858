"""The gunicorn worker: one place waits for all clients, so that no thread waits for any.

gunicorn's own worker gives each connection a thread as soon as it is open, so a few dozen clients
that send slowly stop the service. This one collects what clients send in its main thread, and hands
a connection to another thread when a whole request has arrived. It replaces parts of ThreadWorker,
so it belongs to the version of gunicorn in requirements/app.txt.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from selectors import EVENT_READ
from socket import SHUT_WR, socket
from typing import Any

from gunicorn.http import Request, errors
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker
from werkzeug.exceptions import HTTPException

from app.server.connection import Connection, problem

REQUEST_SECONDS = 10  # from the first byte of a request to the last
# Closing while the client still sends would reset the connection before it has read the response.
LINGER_SECONDS = 2
STATUSES = {
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Serves whole requests. Every connection that waits is in `keepalived_conns`, oldest first."""

    def accept(self, listener: socket) -> bool:
        """Accept a connection; return whether there was one."""
        try:
            client, address = listener.accept()
        except OSError:  # there is none, it is gone again, or too many files are open
            return False
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        conn.expect_request()
        self._wait(conn, self._receive, REQUEST_SECONDS)
        return True

    def finish_request(self, conn: Connection, future: Future[bool]) -> None:
        """Wait for the client's next request, or close the connection."""
        if future.exception() or not future.result():
            self._linger(conn)
            return
        conn.expect_request(conn.parser.unreader.take_buffered())
        self._wait(conn, self._receive, REQUEST_SECONDS if conn.received else self.cfg.keepalive)
        if conn.received:
            self._go_on(conn)

    def handle_request(self, req: Request, conn: Connection) -> bool:
        """Read the body, so that a malformed one is refused before the app sees it; then serve."""
        req._expected_100_continue = False  # noqa: SLF001 -- answered while the body was collected
        try:
            req.body = BytesIO(req.body.read())
        except errors.NoMoreData as error:
            raise errors.ParseException from error
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            self.log.warning("a client did not read its response")
            return False

    def handle_error(self, _req: Request, client: socket, _address: object, exc: Exception) -> None:
        """Send a problem document. What the client sent is not logged: it may be a password."""
        if isinstance(exc, errors.ParseException):
            status = STATUSES.get(type(exc), HTTPStatus.BAD_REQUEST)
            self.log.warning("refused: %s, %s", status.phrase, type(exc).__name__)
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("unexpected error", exc_info=exc)
        with suppress(OSError):
            client.sendall(problem(status))

    def murder_keepalived(self, *, force: bool = False) -> None:
        """Close the connections whose time is over, and the oldest if there are too many.

        Part of a request gets 408 first.
        """
        now, excess = time.monotonic(), len(self.keepalived_conns) - self.max_keepalived
        for number, conn in enumerate([*self.keepalived_conns]):
            if force or conn.timeout <= now or number < excess:
                if conn.received:
                    conn.send(problem(HTTPStatus.REQUEST_TIMEOUT))
                self._close(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Serve clients that are connected, and let the system refuse all others at once.

        gunicorn calls this when the worker begins to stop.
        """
        self.alive = False
        for listener in self.sockets:
            while self.accept(listener):
                pass
            listener.close()
        super()._cap_keepalive(deadline)

    def _wait(self, conn: Connection, act: Callable[[Any], None], seconds: float) -> None:
        conn.timeout = self._deadline(seconds)
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, lambda _: act(conn))

    def _deadline(self, seconds: float) -> float:
        return time.monotonic() + (seconds if self.alive else min(seconds, STOP_KEEPALIVE_LINGER))

    def _stop_waiting(self, conn: Connection) -> None:
        self.keepalived_conns.remove(conn)
        self.poller.unregister(conn.sock)

    def _receive(self, conn: Connection) -> None:
        data = conn.read()
        if not data:
            self._refuse(conn, HTTPStatus.BAD_REQUEST)
            return
        if not conn.received:
            conn.timeout = self._deadline(REQUEST_SECONDS)
        conn.received += data
        self._go_on(conn)

    def _go_on(self, conn: Connection) -> None:
        """Hand the connection to a thread if it contains a whole request."""
        try:
            answer = next(conn.missing, None)
        except HTTPException as error:
            self._refuse(conn, HTTPStatus(error.code or HTTPStatus.BAD_REQUEST))
            return
        if answer is None:
            self._stop_waiting(conn)
            self.enqueue_req(conn)
        else:
            conn.send(answer)

    def _refuse(self, conn: Connection, status: HTTPStatus) -> None:
        self._stop_waiting(conn)
        if conn.received:
            self.log.warning("refused: %s", status.phrase)
            conn.send(problem(status))
        self._linger(conn)

    def _linger(self, conn: Connection) -> None:
        """Close the connection when the client does (RFC 9112, section 9.6), or soon after."""
        conn.received = bytearray()
        try:
            conn.sock.settimeout(0)
            conn.sock.shutdown(SHUT_WR)
        except OSError:  # the client has closed it, or the WebSocket library has
            self.nr_conns -= 1
            conn.close()
        else:
            self._wait(conn, self._discard, LINGER_SECONDS)

    def _discard(self, conn: Connection) -> None:
        if not conn.read():
            self._close(conn)

    def _close(self, conn: Connection) -> None:
        self._stop_waiting(conn)
        self.nr_conns -= 1
        conn.close()
