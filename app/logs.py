"""The log: one JSON object a line, each with the id of the request it belongs to."""

import logging
from typing import Any

from flask import g, has_request_context


class RequestId(logging.Filter):
    """Adds `request_id` to what is logged while a request is handled."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id, and let every record through."""
        record.request_id = g.get("request_id") if has_request_context() else None
        return True


def logging_config(level: str) -> dict[str, Any]:
    """Return the configuration, for `logging.config.dictConfig` and gunicorn alike."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestId}},
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(levelname)s %(name)s %(message)s",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": True,
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["request_id"],
            }
        },
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {"gunicorn.error": {"level": level, "handlers": [], "propagate": True}},
    }
