"""The log's form."""

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
    """Return the handler that the configuration makes, and put the log back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(logging_config("INFO"))
    yield root.handlers[0]
    root.handlers[:] = handlers
    root.setLevel(level)


def line(handler: logging.Handler, message: str) -> dict[str, object]:
    """Return the line that the handler makes of a message."""
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "test"})
    handler.filter(record)
    fields: dict[str, object] = json.loads(handler.format(record))
    return fields


@pytest.mark.usefixtures("handler")
def test_hears_who_had_a_logger_before() -> None:
    """Modules take their loggers when they are imported, before the log has its form."""
    assert request_hooks.log.isEnabledFor(logging.INFO)


def test_a_line_is_one_json_object(handler: logging.Handler) -> None:
    """A message cannot break its line: what looks like a second entry stays text."""
    text = 'first\n{"level": "ERROR"}'

    assert line(handler, text)["message"] == text


def test_a_line_names_its_request(handler: logging.Handler) -> None:
    """What is logged while a request is handled carries the request's id."""
    with Flask("test").test_request_context():
        g.request_id = "an id"

        assert line(handler, "hello")["request_id"] == "an id"


def test_a_line_outside_of_a_request_has_no_id(handler: logging.Handler) -> None:
    """What the process logs by itself belongs to no request."""
    assert line(handler, "hello")["request_id"] is None
