"""The JSON Schemas (2020-12): they validate bodies, are published, and give the page its limits."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

FOLDER = Path(__file__).parent / "schemas"
# Editors, file managers and merge tools put files with other names beside ours.
NAME = re.compile(r"[A-Z][A-Za-z]+\.json")


def load(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the schemas in a folder by their names."""
    files = sorted(f for f in folder.glob("*.json") if NAME.fullmatch(f.name) and f.is_file())
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


COMPONENTS = load(FOLDER)

LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")

# JSON Schema accepts 5.0 as an integer; here an integer has no decimal point, so that what is
# validated, stored and returned is the same. JSON can also hold a lone surrogate, one half of a
# character (RFC 8259, section 8.2), which is not text that PostgreSQL could store.
_Validator = extend(  # type: ignore[no-untyped-call] # the stubs leave it half typed
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
            "string": lambda _, value: (
                isinstance(value, str) and LONE_SURROGATE.search(value) is None
            ),
        }
    ),
)
_FORMATS = FormatChecker(formats=["date"])
_VALIDATORS = {
    name: _Validator(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": COMPONENTS}},
        format_checker=_FORMATS,
    )
    for name in COMPONENTS
}


def validation_errors(schema: str, body: object) -> Mapping[str, str]:
    """Return what is wrong with a flat body, by JSON Pointer; empty if it fits the schema.

    The sentences never repeat the value, because it may be a password.
    """
    found: dict[str, str] = {}
    for error in _VALIDATORS[schema].iter_errors(body):
        found |= dict(_explain(error))
    return found


def _explain(error: ValidationError) -> Iterator[tuple[str, str]]:
    schema: Any = error.schema
    body: Any = error.instance
    match error.validator:
        case "required":
            missing = [name for name in schema["required"] if name not in body]
            yield from ((_pointer(name), "This field is required.") for name in missing)
        case "additionalProperties":
            unknown = [name for name in body if name not in schema["properties"]]
            yield from ((_pointer(name), "There is no such field.") for name in unknown)
        case _:
            yield _pointer(*error.path), schema["description"]


def _pointer(*path: str | int) -> str:
    """Return a JSON Pointer in its form as a URI fragment (RFC 6901, section 6)."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join("/" + quote(step, errors="replace") for step in steps)
