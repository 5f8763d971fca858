"""Tells when a client's bytes contain a whole HTTP request (RFC 9112, sections 2, 6 and 7).

This finds the end only. gunicorn's parser, which then reads all of it, decides what is valid.
"""

import re
from collections.abc import Generator, Iterator

from werkzeug.exceptions import RequestEntityTooLarge, RequestHeaderFieldsTooLarge

from app.api.request_body import MAX_BODY_BYTES

MAX_HEAD_BYTES = 32 * 1024
# A body in chunks is longer than what it carries, because each chunk has a line of its own.
MAX_CHUNKED_BYTES = 4 * MAX_BODY_BYTES
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

END = b"\r\n\r\n"
# These three search a head in lower case.
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n")
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n")
EXPECTS_CONTINUE = re.compile(rb" http/1\.1\r\n(?s:.*\n)?expect:[ \t]*100-continue[ \t]*\r\n")
CHUNK_LINE = re.compile(rb"([0-9a-fA-F]{1,64})[ \t]*(?:;[^\r\n]*)?\r\n")


def until_whole(data: bytearray) -> Iterator[bytes]:
    """Yield each time that `data` is not a whole request yet, so that the caller adds to it.

    What it yields is to be sent to the client: nothing, or the answer to `Expect`. A malformed
    request counts as whole: the parser refuses it. Raises werkzeug's exceptions for one too large.
    """
    end = yield from _find_end(data, 0)
    head, body = bytes(data[: end + 2]).lower(), end + len(END)
    length, chunked = LENGTH.search(head), CHUNKED.search(head)
    answer = CONTINUE if EXPECTS_CONTINUE.search(head) else b""
    if chunked and not length:  # with both it is malformed: RFC 9112, section 6.1
        missing = _until_last_chunk(data, body)
    else:
        missing = _until_length(data, body, int(length[1]) if length and not chunked else 0)
    for _ in missing:
        yield answer
        answer = b""


def _find_end(data: bytearray, start: int) -> Generator[bytes, None, int]:
    """Return where the empty line after a head, or after trailers, begins."""
    searched = start
    while (end := data.find(END, searched)) < 0:
        if len(data) - start > MAX_HEAD_BYTES:
            raise RequestHeaderFieldsTooLarge
        searched = max(start, len(data) - len(END) + 1)
        yield b""
    return end


def _until_length(data: bytearray, body: int, length: int) -> Iterator[bytes]:
    if length > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    while len(data) < body + length:
        yield b""


def _until_last_chunk(data: bytearray, body: int) -> Iterator[bytes]:
    position = body
    while line := (yield from _find_chunk(data, position)):
        size = int(line[1], 16)
        if size == 0:
            yield from _find_end(data, line.end() - 2)
            return
        position = line.end() + size + 2
        if position - body > MAX_CHUNKED_BYTES:
            raise RequestEntityTooLarge


def _find_chunk(data: bytearray, start: int) -> Generator[bytes, None, re.Match[bytes] | None]:
    """Return the line with which the chunk at this position begins; None if it is malformed."""
    while not (line := CHUNK_LINE.match(data, start)) and data.find(b"\n", start) < 0:
        if len(data) - start > MAX_HEAD_BYTES:
            raise RequestEntityTooLarge
        yield b""
    return line
