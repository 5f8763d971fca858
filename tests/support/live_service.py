"""The service on a real port of this process, and pages that follow it over WebSocket."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import websocket
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.domain.live import Author
from tests.support.api_client import SITE_URL
from tests.support.factories import CHEAP_HASHER, make_settings

DEADLINE_SECONDS = 10
# So little that a page which does not read is soon noticed.
SMALL_BUFFER = 4096
NOBODY = Author(0, "nobody")
# What stands for a close frame without a code: RFC 6455, section 7.1.5.
NO_CODE = 1005


class Page:
    """An open page, as far as the service can tell."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 -- websocket-client has no types
        """Follow on this connection."""
        self._connection = connection

    def next_news(self) -> str:
        """Wait for the next message and return the id of the page that changed something."""
        news = json.loads(self._connection.recv())
        assert news.keys() == {"changed_by"}
        return str(news["changed_by"])

    def send(self, data: bytes) -> None:
        """Send these bytes as they are."""
        self._connection.sock.sendall(data)

    def close_code(self) -> int:
        """Read until the service ends the connection; return the code that it gave."""
        while True:
            frame = self._connection.recv_frame()
            if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(frame.data[:2], "big") if frame.data else NO_CODE

    def leave(self) -> None:
        """Close the connection, as a page does that goes away."""
        self._connection.close()

    def vanish(self) -> None:
        """Drop the connection without a word."""
        self._connection.shutdown()


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service listens, and the pages that end with it."""

    port: int
    pages: ExitStack

    def open_page(self, person: FlaskClient, page_id: str = "") -> Page:
        """Let the person open a page that gives itself this id."""
        authorization = person.environ_base["HTTP_AUTHORIZATION"]
        host = str(urlsplit(SITE_URL).hostname)
        page = open_page(self.port, authorization, host=host, page_id=page_id)
        self.pages.callback(page.vanish)
        return page


def open_page(port: int, authorization: str, *, host: str | None = None, page_id: str = "") -> Page:
    """Follow the service on this port of ours, as `host` if that is not how it is reached."""
    connection = websocket.create_connection(
        f"ws://127.0.0.1:{port}/api/live?page={page_id}",
        host=host,
        header={"Authorization": authorization},
        suppress_origin=True,
        timeout=DEADLINE_SECONDS,
        sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)],
    )
    return Page(connection)


@contextmanager
def serve(url: str, database: Database, *, max_pages: int = 100) -> Iterator[Service]:
    """Serve within the block, as one process does, for `most` pages; listen at `url`."""
    live = LiveUpdates(url, database, max_pages=max_pages)
    app = create_app(make_settings(public_url=SITE_URL), database, live, hasher=CHEAP_HASHER)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # The connections that it accepts inherit this.
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        _start_to_listen(live)
        with ExitStack() as pages:
            yield Service(server.port, pages)
    finally:
        live.stop()
        server.shutdown()
        thread.join()
        server.server_close()
        # The listener sees that it is stopped when it hears something, if only this. It comes last:
        # where the database refuses it, the thread above would keep the whole run from ending.
        live.sign_out(NOBODY)


def _start_to_listen(live: LiveUpdates) -> None:
    """Wait for what every page is told as soon as the process listens."""
    mailbox = live.join(NOBODY)
    live.start()
    assert mailbox.take(DEADLINE_SECONDS) is not None
    live.leave(NOBODY, mailbox)
