"""The published OpenAPI document; that responses conform to it: test_openapi_generated.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.support.api_client import SITE_URL, json_of

METHODS = {"get", "post", "patch", "delete"}
# Pages and health checks are not part of the API.
UNDESCRIBED = {"/", "/healthz", "/readyz", "/openapi.json", "/static/<digest>/<filename>"}


@pytest.fixture
def document(client: FlaskClient) -> Any:  # noqa: ANN401 -- JSON
    """Fetch the document as a client does."""
    return json_of(client.get("/openapi.json"))


def references_in(node: object) -> Iterator[str]:
    """Yield every `$ref` of a JSON value."""
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
    """Return the target of a reference; raises KeyError when there is none."""
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def test_names_its_version_and_server(document: Any) -> None:  # noqa: ANN401 -- JSON
    """The server in the document is the one of the settings."""
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": SITE_URL}]


def test_has_no_dangling_reference(document: Any) -> None:  # noqa: ANN401 -- JSON
    """Every reference has a target in the document."""
    references = set(references_in(document))

    targets = [look_up(document, reference) for reference in references]

    assert len(targets) > 20
    assert all(targets)


def test_has_valid_schemas(document: Any) -> None:  # noqa: ANN401 -- JSON
    """OpenAPI 3.1 takes JSON Schema 2020-12, and each schema conforms to it."""
    schemas = document["components"]["schemas"]

    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)

    assert {"Todo", "NewTodo", "User", "Problem"} <= set(schemas)


def test_describes_a_full_list(document: Any) -> None:  # noqa: ANN401 -- JSON
    """A client learns from the document that adding a todo may be refused with 409."""
    responses = document["paths"]["/api/todos"]["post"]["responses"]

    assert "409" in responses


def test_describes_every_operation(app: Flask, document: Any) -> None:  # noqa: ANN401 -- JSON
    """The document has the service's operations and no others."""
    described = {
        (path, method)
        for path, calls in document["paths"].items()
        for method in METHODS & set(calls)
    }

    served = {
        (path, method.lower())
        for rule in app.url_map.iter_rules()
        for path in [rule.rule.replace("<todo_id:todo_id>", "{id}")]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if path not in UNDESCRIBED
    }
    assert served == described
