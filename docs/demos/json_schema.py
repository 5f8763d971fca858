"""What a schema checks, and where the standard is looser than many people expect."""

import json

from jsonschema import Draft202012Validator, FormatChecker

from app.api.schemas import validation_errors

PASSWORD = "five tests and a browser"  # noqa: S105 -- an example
BODIES: list[tuple[str, dict[str, object]]] = [
    ("NewTodo", {"title": "Buy milk", "due": "2026-03-01"}),
    ("NewTodo", {"titel": "Buy milk"}),
    ("NewTodo", {"title": "Buy milk", "order": 5.0}),
    ("NewUser", {"email": "@", "password": PASSWORD}),
]


def main() -> None:
    """Check request bodies with our schemas, then two values with the library's defaults."""
    for schema, body in BODIES:
        print(schema, json.dumps(body))
        for pointer, message in validation_errors(schema, body).items() or [("valid", "")]:
            print("   ", pointer, message)
    print('The format "email" alone accepts "@":', accepts({"format": "email"}, "@"))
    print('The type "integer" alone accepts 5.0:', accepts({"type": "integer"}, 5.0))


def accepts(schema: dict[str, str], value: object) -> bool:
    """Return whether the library, with its default checks, accepts the value."""
    return Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(value)
