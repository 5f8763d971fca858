"""The published description of the API; that answers keep to it: test_openapi_generated.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.support.api_client import SITE_URL, json_of

METHODS = {"get", "post", "patch", "delete"}
# Pages and probes are for people and machines of the house, not for the API's clients.
UNDESCRIBED = {"/", "/healthz", "/readyz", "/openapi.json", "/static/{filename}"}


@pytest.fixture
def document(client: FlaskClient) -> Any:  # noqa: ANN401 -- JSON
    """Return the published description."""
    return json_of(client.get("/openapi.json"))


def references_in(node: object) -> Iterator[str]:
    """Yield every `$ref` in a JSON document."""
    match node:
        case {"$ref": str(reference)}:
            yield reference
        case dict():
            for value in node.values():
                yield from references_in(value)
        case list():
            for value in node:
                yield from references_in(value)


def look_up(document: Any, reference: str) -> Any:  # noqa: ANN401 -- JSON
    """Return what a reference within the document points at; KeyError when nothing is there."""
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def test_is_openapi(document: Any) -> None:  # noqa: ANN401 -- JSON
    """The description says which version it follows and where the service is."""
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": SITE_URL}]


def test_refers_to_what_is_there(document: Any) -> None:  # noqa: ANN401 -- JSON
    """Every reference in the description leads somewhere in it."""
    references = set(references_in(document))

    targets = [look_up(document, reference) for reference in references]

    assert len(targets) > 20
    assert all(targets)


def test_has_sound_schemas(document: Any) -> None:  # noqa: ANN401 -- JSON
    """Every schema of the description is JSON Schema 2020-12."""
    schemas = document["components"]["schemas"]

    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)

    assert {"Todo", "NewTodo", "User", "Problem"} <= set(schemas)


def test_describes_every_call(app: Flask, document: Any) -> None:  # noqa: ANN401 -- JSON
    """The description has the service's calls, and no others."""
    described = {
        (path, method)
        for path, calls in document["paths"].items()
        for method in METHODS & set(calls)
    }

    served = {
        (path, method.lower())
        for rule in app.url_map.iter_rules()
        for path in [rule.rule.replace("<todo_id:todo_id>", "{id}").replace("<path:", "{")]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if path.replace(">", "}") not in UNDESCRIBED
    }
    assert served == described
