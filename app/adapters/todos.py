"""Todos in PostgreSQL.

Each method is one statement, so one round trip and one transaction; what a write made of the
row comes back by RETURNING, not by a second look. Every statement names the owner.
"""

from collections.abc import Sequence
from datetime import datetime

from psycopg import sql
from psycopg.errors import ForeignKeyViolation

from app.adapters.database import Database
from app.domain.errors import UnknownUserError
from app.domain.todos import NewTodo, Todo, TodoChanges

COLUMNS = sql.SQL('id, title, completed, "order", due, created_at, updated_at')

LIST = sql.SQL("""
    SELECT {columns} FROM todos
    WHERE user_id = %(user_id)s AND (%(completed)s::boolean IS NULL OR completed = %(completed)s)
    ORDER BY "order", id
""").format(columns=COLUMNS)

# The order after the highest; at the top of the column's range new todos share it.
ADD = sql.SQL("""
    INSERT INTO todos (user_id, title, completed, "order", due, created_at, updated_at)
    VALUES (
        %(user_id)s, %(title)s, %(completed)s,
        COALESCE(%(order)s::integer, (
            SELECT LEAST(COALESCE(max("order"), 0)::bigint + 1, 2147483647)
            FROM todos WHERE user_id = %(user_id)s
        )),
        %(due)s, %(now)s, %(now)s
    )
    RETURNING {columns}
""").format(columns=COLUMNS)

GET = sql.SQL(
    "SELECT {columns} FROM todos WHERE user_id = %(user_id)s AND id = %(todo_id)s"
).format(columns=COLUMNS)

CHANGE = sql.SQL("""
    UPDATE todos SET {assignments}, updated_at = %(now)s
    WHERE user_id = %(user_id)s AND id = %(todo_id)s
    RETURNING {columns}
""")

# A statement gives RETURNING's rows in no set order, so they are sorted around it.
CHANGE_ALL = sql.SQL("""
    WITH changed AS (
        UPDATE todos SET
            completed = %(completed)s,
            updated_at = CASE WHEN completed = %(completed)s THEN updated_at ELSE %(now)s END
        WHERE user_id = %(user_id)s
        RETURNING {columns}
    )
    SELECT {columns} FROM changed ORDER BY "order", id
""").format(columns=COLUMNS)

DELETE = "DELETE FROM todos WHERE user_id = %(user_id)s AND id = %(todo_id)s RETURNING id"

DELETE_ALL = """
    DELETE FROM todos
    WHERE user_id = %(user_id)s AND (%(completed)s::boolean IS NULL OR completed = %(completed)s)
"""


class Todos:
    """The table `todos`."""

    def __init__(self, database: Database) -> None:
        """Keep todos in `database`."""
        self._database = database

    def list(self, user_id: int, *, completed: bool | None = None) -> Sequence[Todo]:
        """Return the user's todos, or the done or open ones alone, by order, then id."""
        rows = self._database.run(LIST, {"user_id": user_id, "completed": completed})
        return [Todo(**row) for row in rows]

    def add(self, user_id: int, new: NewTodo, now: datetime) -> Todo:
        """Add a todo; raises UnknownUserError."""
        values = {"completed": False, "order": None, "due": None, **new}
        try:
            [row] = self._database.run(ADD, {**values, "user_id": user_id, "now": now})
        except ForeignKeyViolation as error:
            raise UnknownUserError from error
        return Todo(**row)

    def get(self, user_id: int, todo_id: int) -> Todo | None:
        """Return the todo if it is there and the user's."""
        rows = self._database.run(GET, {"user_id": user_id, "todo_id": todo_id})
        return next((Todo(**row) for row in rows), None)

    def change(
        self, user_id: int, todo_id: int, changes: TodoChanges, now: datetime
    ) -> Todo | None:
        """Change the named fields; None if the todo is not there or not the user's."""
        assignments = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
            for name in changes
        )
        statement = CHANGE.format(assignments=assignments, columns=COLUMNS)
        values = {**changes, "user_id": user_id, "todo_id": todo_id, "now": now}
        rows = self._database.run(statement, values)
        return next((Todo(**row) for row in rows), None)

    def change_all(self, user_id: int, *, completed: bool, now: datetime) -> Sequence[Todo]:
        """Mark all of the user's todos as done or open and return them."""
        values = {"user_id": user_id, "completed": completed, "now": now}
        return [Todo(**row) for row in self._database.run(CHANGE_ALL, values)]

    def delete(self, user_id: int, todo_id: int) -> bool:
        """Delete the todo; False if it is not there or not the user's."""
        return bool(self._database.run(DELETE, {"user_id": user_id, "todo_id": todo_id}))

    def delete_all(self, user_id: int, *, completed: bool | None = None) -> None:
        """Delete the user's todos, or the done or open ones alone."""
        self._database.run(DELETE_ALL, {"user_id": user_id, "completed": completed})
