"""Does the service answer as its published description says."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.builders import some_email, some_password
from tests.integration.api import SITE_URL, add_todo, json_of, new_account, sign_in

METHODS = {"get", "post", "patch", "delete"}
# Pages and probes are for people and machines of the house, not for the API's clients.
UNDESCRIBED = {"/", "/healthz", "/readyz", "/openapi.json", "/static/{filename}"}


@pytest.fixture
def document(anonymous: FlaskClient) -> Any:  # noqa: ANN401 -- JSON
    """Return the published description."""
    return json_of(anonymous.get("/openapi.json"))


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


def schema_of(document: Any, method: str, path: str, status: int) -> Any:  # noqa: ANN401 -- JSON
    """Return the schema that the description gives for this answer."""
    answer = document["paths"][path][method]["responses"][str(status)]
    if "$ref" in answer:
        answer = look_up(document, answer["$ref"])
    [content] = answer["content"].values()
    return {**content["schema"], "components": document["components"]}


def test_is_openapi(document: Any) -> None:  # noqa: ANN401 -- JSON
    """The description says which version it follows and where the service is."""
    assert ("3.1.0", [{"url": SITE_URL}]) == (document["openapi"], document["servers"])


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
    assert described == served


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/api/users/me", None, 200),
        ("get", "/api/todos", None, 200),
        ("post", "/api/todos", {"title": "Buy milk", "due": "2020-02-29"}, 201),
        ("post", "/api/todos", {"titel": "Buy milk"}, 422),
        ("patch", "/api/todos", {"completed": False}, 200),
        ("get", "/api/todos/pick", None, 200),
        ("get", "/api/todos/{id}", None, 200),
        ("patch", "/api/todos/{id}", {"title": "Buy bread"}, 200),
        ("patch", "/api/todos/{id}", {}, 422),
        ("post", "/api/users", {"email": some_email(), "password": some_password()}, 201),
        ("post", "/api/sessions", {"email": some_email(), "password": some_password()}, 401),
    ],
)
def test_answers_as_described(  # noqa: PLR0913, PLR0917 -- a table's columns
    ada: FlaskClient,
    document: Any,  # noqa: ANN401 -- JSON
    method: str,
    path: str,
    body: object,
    status: int,
) -> None:
    """An answer of each kind fits the schema that is published for it."""
    todo = add_todo(ada)

    response = ada.open(path.format(id=todo["id"]), method=method.upper(), json=body)

    assert status == response.status_code
    schema = schema_of(document, method, path, status)
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(schema, format_checker=checker).validate(json_of(response))


def test_answers_a_sign_in_as_described(anonymous: FlaskClient, document: Any) -> None:  # noqa: ANN401 -- JSON
    """A session fits the schema that is published for it."""
    email = new_account(anonymous)

    response = sign_in(anonymous, email)

    schema = schema_of(document, "post", "/api/sessions", 201)
    Draft202012Validator(schema).validate(json_of(response))
