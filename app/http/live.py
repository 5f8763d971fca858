"""Live updates: a WebSocket (RFC 6455) that tells an open page that its todos have changed.

Everything is checked before the handshake is answered, so that a refusal is an ordinary problem
document. The client has nothing to say: whatever it sends ends the connection.
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
from simple_websocket import Server

from app.domain.live import Author, page_id_from
from app.domain.ports import Mailbox
from app.http.access import current_user_id, refuse_foreign_sockets
from app.http.parts import parts
from app.http.problems import Problem

live = Blueprint("live", __name__, url_prefix="/api/live")
sock = Sock()

VERSION, KEY_BYTES = "13", 16
SOCKET_OPTIONS = {"ping_interval": 20, "max_message_size": 1024}
# How long a page that ended, or broke a rule, may go unnoticed.
LOOK_SECONDS = 1
# A page that does not read, once the kernel's buffers are full.
SEND_SECONDS = 5
LINGER_SECONDS = 1
UNSUPPORTED, POLICY_VIOLATION = 1003, 1008  # RFC 6455, section 7.4.1
SIGN_IN_AGAIN = 4401  # a code of our own: the token has expired


@live.get("")
def without_websocket() -> Response:
    """Answer whoever does not ask for WebSocket."""
    raise Problem(
        HTTPStatus.UPGRADE_REQUIRED,
        "This address speaks WebSocket.",
        headers={"Upgrade": "websocket", "Connection": "Upgrade"},
    )


@sock.route("", bp=live)  # type: ignore[untyped-decorator] # flask-sock has no types
def follow(websocket: Server) -> None:
    """Tell the page of changes, until it goes or has to."""
    websocket.sock.setsockopt(
        socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0)
    )
    with websocket.sock.dup() as line:
        try:
            _tell(websocket, g.mailbox)
        except OSError:
            pass  # the peer is gone, or does not read what it is sent
        finally:
            _read_out(line)
            _end_reader(websocket, line)


@live.before_request
def _admit() -> None:
    if request.url_rule and request.url_rule.websocket:
        _check_handshake()
        g.author = Author(current_user_id(), page_id_from(request.args.get("page", "")))
        refuse_foreign_sockets()
        g.mailbox = parts().live.join(g.author)


@live.teardown_request
def _leave(_error: BaseException | None) -> None:
    if "mailbox" in g:
        parts().live.leave(g.author, g.mailbox)


def _tell(websocket: Server, mailbox: Mailbox) -> None:
    while True:
        page_id = mailbox.take(LOOK_SECONDS)
        code = mailbox.close_code or _broken_rule(websocket)
        if code:
            websocket.close(code)
            return
        if page_id is not None:
            websocket.send(json.dumps({"changed_by": page_id}))


def _read_out(line: socket.socket) -> None:
    """Let the close code arrive: to hang up on what is not read yet would reset the connection."""
    deadline = time.monotonic() + LINGER_SECONDS
    with suppress(OSError):
        line.shutdown(socket.SHUT_WR)
        line.settimeout(LINGER_SECONDS)
        while line.recv(65536) and time.monotonic() < deadline:
            pass


def _end_reader(websocket: Server, line: socket.socket) -> None:
    """Wait for the library's thread: once the socket is closed, it would sleep until a ping is due.

    The process cannot end before that thread does.
    """
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    websocket.thread.join(LINGER_SECONDS)


def _broken_rule(websocket: Server) -> int | None:
    """Return the close code for what the client did, or None; ConnectionClosed when it is gone."""
    if datetime.now(UTC) >= g.claims.expires_at:
        return SIGN_IN_AGAIN
    message = websocket.receive(timeout=0)
    if message is None:
        return None
    return UNSUPPORTED if isinstance(message, bytes) else POLICY_VIOLATION


def _check_handshake() -> None:
    """Check what RFC 6455, section 4.2.1, asks of a client and the library does not."""
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
