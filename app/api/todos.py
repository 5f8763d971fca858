"""A user's own todos. Another user's todo is 404, like an id that does not exist."""

import random
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, jsonify
from werkzeug.routing import BaseConverter

from app.api.auth import current_author, current_user_id
from app.api.dependencies import dependencies
from app.api.problems import Problem
from app.api.request_body import read_body, read_flag
from app.domain.todos import NewTodo, Todo, TodoChanges, is_overdue, pick_one

todos = Blueprint("todos", __name__, url_prefix="/api/todos")


class TodoIdConverter(BaseConverter):
    """Ids in canonical form: ASCII digits without sign or leading zero, at most 19 of them."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """Return the id; PostgreSQL finds no todo for one that needs more than 64 bits."""
        return int(value)


@todos.get("")
def list_todos() -> Response:
    """Return all todos, or only the completed or open ones."""
    found = dependencies().todos.list(current_user_id(), completed=read_flag("completed"))
    return jsonify([_to_json(todo) for todo in found])


@todos.post("")
def add_todo() -> tuple[Response, int, dict[str, str]]:
    """Add a todo."""
    author = current_author()
    new = cast("NewTodo", _fields("NewTodo"))
    todo = _to_json(dependencies().todos.add(author, new, datetime.now(UTC)))
    return jsonify(todo), HTTPStatus.CREATED, {"Location": todo["url"]}


@todos.patch("")
def change_all_todos() -> Response:
    """Mark every todo as completed or open."""
    author = current_author()
    completed = read_body("AllTodosChanges")["completed"]
    changed = dependencies().todos.change_all(author, completed=completed, now=datetime.now(UTC))
    return jsonify([_to_json(todo) for todo in changed])


@todos.delete("")
def delete_todos() -> tuple[str, int]:
    """Delete all todos, or only the completed or open ones."""
    dependencies().todos.delete_all(current_author(), completed=read_flag("completed"))
    return "", HTTPStatus.NO_CONTENT


@todos.get("/pick")
def pick_todo() -> Response:
    """Return one of the open todos at random, each with the same probability."""
    open_todos = dependencies().todos.list(current_user_id(), completed=False)
    todo = pick_one(open_todos, random.choice)
    if todo is None:
        raise Problem(HTTPStatus.NOT_FOUND, "No todo is open.")
    return jsonify(_to_json(todo))


@todos.get("/<todo_id:todo_id>")
def get_todo(todo_id: int) -> Response:
    """Return one todo."""
    return jsonify(_to_json(_or_404(dependencies().todos.get(current_user_id(), todo_id))))


@todos.patch("/<todo_id:todo_id>")
def change_todo(todo_id: int) -> Response:
    """Change the fields that the body names."""
    author = current_author()
    changes = cast("TodoChanges", _fields("TodoChanges"))
    changed = dependencies().todos.change(author, todo_id, changes, datetime.now(UTC))
    return jsonify(_to_json(_or_404(changed)))


@todos.delete("/<todo_id:todo_id>")
def delete_todo(todo_id: int) -> tuple[str, int]:
    """Delete one todo."""
    if not dependencies().todos.delete(current_author(), todo_id):
        raise _not_found()
    return "", HTTPStatus.NO_CONTENT


def _fields(schema: str) -> dict[str, Any]:
    """Return the body with its fields in the form that is stored."""
    fields = read_body(schema)
    if "title" in fields:
        fields["title"] = fields["title"].strip()
    if fields.get("due") is not None:
        fields["due"] = date.fromisoformat(fields["due"])
    return fields


def _or_404(todo: Todo | None) -> Todo:
    if todo is None:
        raise _not_found()
    return todo


def _not_found() -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, "There is no such todo.")


def _to_json(todo: Todo) -> dict[str, Any]:
    today = datetime.now(dependencies().site.timezone).date()
    return {
        "id": todo.id,
        "url": f"{dependencies().site.url}/api/todos/{todo.id}",
        "title": todo.title,
        "completed": todo.completed,
        "order": todo.order,
        "due": todo.due.isoformat() if todo.due else None,
        "overdue": is_overdue(todo, today),
        "created_at": todo.created_at.isoformat(),
        "updated_at": todo.updated_at.isoformat(),
    }
