"""Live updates: a WebSocket (RFC 6455) that tells an open page that its todos have changed.

Everything is checked before the handshake is answered, so that a refusal is an ordinary problem
document. The client has nothing to say: any message from it ends the connection.
"""

import base64
import json
import socket
import struct
import time
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, g, request
from flask_sock import Sock
from simple_websocket import ConnectionClosed, Server
from wsproto.utilities import LocalProtocolError

from app.api.auth import current_user_id
from app.api.csrf import reject_cross_site_sockets
from app.api.dependencies import dependencies
from app.api.problems import RETRY_SECONDS, Problem
from app.domain.errors import TooManyPagesError
from app.domain.live import Author, parse_page_id
from app.ports import CloseReason, Mailbox

live = Blueprint("live", __name__, url_prefix="/api/live")
sock = Sock()

VERSION, KEY_BYTES = "13", 16
SOCKET_OPTIONS = {"ping_interval": 20, "max_message_size": 1024}
# How soon the end of a session, or a message from the client, is noticed.
POLL_SECONDS = 1
# How long a page may read nothing once the kernel's buffers are full.
SEND_TIMEOUT_SECONDS = 5
DRAIN_SECONDS = 1
# Close codes: RFC 6455, section 7.4.1.
CLOSE_CODES = {CloseReason.SIGNED_OUT: 1000, CloseReason.SHUTTING_DOWN: 1001}
UNSUPPORTED, POLICY_VIOLATION = 1003, 1008
TOKEN_EXPIRED = 4401  # in the range for private use: RFC 6455, section 7.4.2


@live.get("")
def without_websocket() -> Response:
    """Answer a request that does not ask for WebSocket."""
    raise Problem(
        HTTPStatus.UPGRADE_REQUIRED,
        "This address speaks WebSocket.",
        headers={"Upgrade": "websocket", "Connection": "Upgrade"},
    )


@sock.route("", bp=live)  # type: ignore[untyped-decorator] # flask-sock has no types
def stream_updates(websocket: Server) -> None:
    """Tell the page about changes until one side ends the connection."""
    # Blocking, because the library does not notice when only a part was sent.
    websocket.sock.settimeout(None)
    websocket.sock.setsockopt(
        socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_TIMEOUT_SECONDS, 0)
    )
    with websocket.sock.dup() as connection:
        try:
            _send_updates(websocket, g.mailbox)
        except (ConnectionClosed, LocalProtocolError):
            # The library's thread ends the connection, and may still have to send the close code.
            websocket.thread.join(DRAIN_SECONDS)
        except OSError:
            pass  # the client is gone, or does not read what it is sent
        finally:
            _drain(connection)
            _join_reader_thread(websocket, connection)


@live.before_request
def _accept() -> None:
    if request.url_rule and request.url_rule.websocket:
        _check_handshake()
        g.author = Author(current_user_id(), parse_page_id(request.args.get("page", "")))
        reject_cross_site_sockets()
        g.mailbox = _join()


@live.teardown_request
def _leave(_error: BaseException | None) -> None:
    if "mailbox" in g:
        dependencies().live.leave(g.author, g.mailbox)


def _join() -> Mailbox:
    try:
        return dependencies().live.join(g.author)
    except TooManyPagesError as error:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "This account has too many open pages. Close some of them.",
            headers={"Retry-After": str(RETRY_SECONDS)},
        ) from error


def _send_updates(websocket: Server, mailbox: Mailbox) -> None:
    while True:
        page_id = mailbox.take(POLL_SECONDS)
        code = _close_code(websocket, mailbox)
        if code:
            websocket.close(code)
            return
        if page_id is not None:
            websocket.send(json.dumps({"changed_by": page_id}))


def _close_code(websocket: Server, mailbox: Mailbox) -> int | None:
    """Return the code with which to close, None to go on; ConnectionClosed if the client left."""
    if mailbox.close_reason:
        return CLOSE_CODES[mailbox.close_reason]
    if datetime.now(UTC) >= g.claims.expires_at:
        return TOKEN_EXPIRED
    message = websocket.receive(timeout=0)
    if message is None:
        return None
    return UNSUPPORTED if isinstance(message, bytes) else POLICY_VIOLATION


def _drain(connection: socket.socket) -> None:
    """Let the close code arrive: closing a socket with unread input would reset the connection."""
    deadline = time.monotonic() + DRAIN_SECONDS
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(DRAIN_SECONDS)
        while connection.recv(65536) and time.monotonic() < deadline:
            pass


def _join_reader_thread(websocket: Server, connection: socket.socket) -> None:
    """Wait for the library's thread, which would otherwise sleep until the next ping is due.

    The process cannot end before that thread does.
    """
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    websocket.thread.join(DRAIN_SECONDS)


def _check_handshake() -> None:
    """Check what RFC 6455, section 4.2.1, requires of a client and the library does not check."""
    if request.headers.get("Sec-WebSocket-Version") != VERSION:
        raise Problem(
            HTTPStatus.UPGRADE_REQUIRED,
            f"Speak version {VERSION} of WebSocket.",
            headers={"Sec-WebSocket-Version": VERSION},
        )
    if not _is_key(request.headers.get("Sec-WebSocket-Key", "")):
        raise Problem(HTTPStatus.BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in Base64.")


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False
