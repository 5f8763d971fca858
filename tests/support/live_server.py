"""The service on a real port of this process, as WebSocket needs one."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app import create_app
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.domain.live import Author
from tests.support.api_client import SITE_URL
from tests.support.factories import CHEAP_HASHER, make_settings
from tests.support.live_page import SMALL_BUFFER, LivePage, open_page
from tests.support.waiting import HANG_SECONDS

UNKNOWN_AUTHOR = Author(0, "no-page")


@dataclass(frozen=True, slots=True)
class LiveServer:
    """The port on which the service listens, and the pages that are closed with it."""

    port: int
    pages: ExitStack

    def open_page(self, user: FlaskClient, page_id: str = "") -> LivePage:
        """Open a page with this id for the user of an API client."""
        authorization = user.environ_base["HTTP_AUTHORIZATION"]
        host = str(urlsplit(SITE_URL).hostname)
        page = open_page(self.port, authorization, host=host, page_id=page_id)
        self.pages.callback(page.drop)
        return page


@contextmanager
def live_server(url: str, database: Database, *, max_pages: int = 100) -> Iterator[LiveServer]:
    """Serve within the block as one process does, and LISTEN on the database at `url`."""
    live = LiveUpdates(url, database, max_pages=max_pages)
    app = create_app(make_settings(public_url=SITE_URL), database, live, hasher=CHEAP_HASHER)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # The connections that it accepts inherit the size of the buffer.
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        _start_listening(live)
        with ExitStack() as pages:
            yield LiveServer(server.port, pages)
    finally:
        live.stop()
        server.shutdown()
        thread.join()
        server.server_close()
        # The listener notices that it is stopped when it receives something. This comes last: if
        # the database refused it, the server's thread would keep the whole run from ending.
        live.sign_out(UNKNOWN_AUTHOR)


def _start_listening(live: LiveUpdates) -> None:
    """Wait for the message that every page receives as soon as the process listens."""
    mailbox = live.join(UNKNOWN_AUTHOR)
    live.start()
    assert mailbox.take(HANG_SECONDS) is not None
    live.leave(UNKNOWN_AUTHOR, mailbox)
