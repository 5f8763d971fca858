"""Parses JSON bodies (RFC 8259) strictly, and query strings."""

import json
import math
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NoReturn, cast

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from app.api import schemas
from app.api.problems import Problem

# Several times the longest body that fits a schema.
MAX_BODY_BYTES = 16 * 1024
# More digits than any number in our schemas has, and fewer than Python refuses to convert.
MAX_DIGITS = 20
FLAGS = {"true": True, "false": False}


def read_body(schema: str, **canonical: Callable[[str], str]) -> dict[str, Any]:
    """Return the request's body, which fits the schema; raises Problem if it does not.

    A text field for which `canonical` has a function is checked and returned in that form.
    """
    try:
        body = _parse(_read())
        if isinstance(body, dict):
            body |= {
                name: form(body[name])
                for name, form in canonical.items()
                if isinstance(body.get(name), str)
            }
        errors = schemas.validation_errors(schema, body)
    # The parser and the validator both recurse as deep as the body is nested.
    except RecursionError as error:
        raise _not_json() from error
    if errors:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The body does not fit its schema: see errors.",
            errors=[{"pointer": pointer, "detail": why} for pointer, why in sorted(errors.items())],
        )
    return cast("dict[str, Any]", body)


def read_flag(name: str) -> bool | None:
    """Return the query's only parameter, None without it; raises Problem for anything else.

    A misspelt parameter is rejected, because without the parameter a call may mean "all".
    """
    unknown = sorted(request.args.keys() - {name})
    values = request.args.getlist(name)
    if not unknown and not values:
        return None
    if not unknown and len(values) == 1 and values[0] in FLAGS:
        return FLAGS[values[0]]
    raise Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"The only query parameter here is {name}, once, with the value true or false.",
        errors=[{"parameter": name, "detail": "Give it at most once, as true or false."}],
    )


def _read() -> bytes:
    """Return the body, which must be shorter than the limit.

    Werkzeug cuts a chunked body off at the limit without an error.
    """
    if request.mimetype != "application/json":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json."
        )
    with suppress(RequestEntityTooLarge):
        data = request.get_data()
        if len(data) < MAX_BODY_BYTES:
            return data
    raise Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Send fewer than {MAX_BODY_BYTES} bytes in a body."
    )


def _parse(data: bytes) -> object:
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_reject_duplicates,
            parse_constant=_reject_constant,
            parse_int=_parse_int,
        )
    except ValueError as error:
        raise _not_json() from error


def _not_json() -> Problem:
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "The body is not JSON in UTF-8, names a field twice, or is nested too deep.",
    )


def _reject_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Reject a repeated name: parsers differ in which of the two values they take."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("an object has the same name twice")
    return fields


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _parse_int(digits: str) -> float:
    """Parse a number beyond every limit as infinity, so that the schema rejects it."""
    return int(digits) if len(digits) <= MAX_DIGITS else math.inf
