"""A WebSocket client that behaves as the page's JavaScript does, or on purpose worse."""

import json
import socket
from contextlib import suppress
from typing import Any

import websocket

from tests.support.waiting import HANG_SECONDS

# So small that a page which does not read fills it soon.
SMALL_BUFFER = 4096
# What stands for a close frame without a code: RFC 6455, section 7.1.5.
NO_CODE = 1005


class LivePage:
    """An open page, as far as the service can tell."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 -- websocket-client has no types
        self._connection = connection

    def next_update(self) -> str:
        """Wait for the next message and return the id of the page that changed something."""
        message = json.loads(self._connection.recv())
        assert message.keys() == {"changed_by"}
        return str(message["changed_by"])

    def updates_until(self, page_id: str) -> list[str]:
        """Collect the updates before this one, or all if the service closes the connection."""
        updates: list[str] = []
        with suppress(websocket.WebSocketConnectionClosedException, ConnectionError):
            updates.extend(iter(self.next_update, page_id))
        return updates

    def send(self, data: bytes) -> None:
        """Send these bytes without a frame around them."""
        self._connection.sock.sendall(data)

    def close_code(self) -> int:
        """Read until the service closes the connection and return its close code."""
        while True:
            frame = self._connection.recv_frame()
            if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(frame.data[:2], "big") if frame.data else NO_CODE

    def close(self) -> None:
        """Close with a close frame, as a browser does when the page is left."""
        self._connection.close()

    def drop(self) -> None:
        """Close the connection without a close frame, as a lost network does."""
        self._connection.shutdown()


def open_page(
    port: int, authorization: str, *, host: str | None = None, page_id: str = ""
) -> LivePage:
    """Open a page on this port of 127.0.0.1; `host` is the Host header if it is another."""
    connection = websocket.create_connection(
        f"ws://127.0.0.1:{port}/api/live?page={page_id}",
        host=host,
        header={"Authorization": authorization},
        suppress_origin=True,
        timeout=HANG_SECONDS,
        sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)],
    )
    return LivePage(connection)
