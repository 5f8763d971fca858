"""The format of the log."""

import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from flask import Flask, g

from app.api import request_hooks
from app.logs import logging_config


@pytest.fixture
def handler() -> Iterator[logging.Handler]:
    """Configure logging, and restore pytest's own handlers in the teardown."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(logging_config("INFO"))
    yield root.handlers[0]
    root.handlers[:] = handlers
    root.setLevel(level)


def written(handler: logging.Handler, message: str, **extra: str) -> str:
    """Return the line that the handler writes for a message with these fields."""
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "test"} | extra)
    handler.filter(record)
    return handler.format(record)


def line(handler: logging.Handler, message: str) -> dict[str, object]:
    """Return the fields of that line."""
    fields: dict[str, object] = json.loads(written(handler, message))
    return fields


@pytest.mark.usefixtures("handler")
def test_configuring_the_log_keeps_existing_loggers() -> None:
    """Modules create their loggers on import, and logging would disable them by default."""
    assert request_hooks.log.isEnabledFor(logging.INFO)


def test_a_line_is_one_json_object(handler: logging.Handler) -> None:
    """A newline in a message cannot forge a second entry (log injection)."""
    message = 'first\n{"level": "ERROR"}'

    fields = line(handler, message)

    assert fields["message"] == message


@pytest.mark.parametrize(
    "path", ['/"}\n{"level": "ERROR"}', "/\r\n", "/\u2028", "/\x1b[31m", "/\ud800"]
)
def test_nothing_that_is_sent_looks_like_another_line(path: str, handler: logging.Handler) -> None:
    """Line breaks, terminal colours and halves of characters are written as escapes."""
    text = written(handler, "request", path=path)

    assert json.loads(text)["path"] == path
    assert text.isprintable()


def test_a_line_has_the_id_of_its_request(handler: logging.Handler) -> None:
    """All lines of a request can be found by its id, whichever module logged them."""
    with Flask("test").test_request_context():
        g.request_id = "an id"

        fields = line(handler, "hello")

    assert fields["request_id"] == "an id"


def test_a_line_outside_a_request_has_no_id(handler: logging.Handler) -> None:
    """The field is null, so that every line has the same fields."""
    fields = line(handler, "hello")

    assert fields["request_id"] is None
