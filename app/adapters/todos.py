"""Todos in PostgreSQL.

Each method is one statement, so one round trip and one transaction; only the deletion of a long
list takes several. A write returns the row by RETURNING, not by a second query, and the same
statement notifies the author's open pages: PostgreSQL delivers what pg_notify was given if and when
the statement commits, and many equal messages only once. Every statement names the owner.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from psycopg import sql
from psycopg.errors import ForeignKeyViolation
from psycopg.rows import DictRow
from typing_extensions import override

from app.adapters.database import Database
from app.adapters.notifications import TODOS_CHANGED, encode
from app.domain.errors import ListFullError, UnknownUserError
from app.domain.live import Author
from app.domain.todos import NewTodo, Todo, TodoChanges
from app.ports import TodoStore

COLUMNS = sql.SQL('id, title, completed, "order", due, created_at, updated_at')
BATCH = 2000
NOTIFY = sql.SQL("pg_notify({channel}, %(message)s) AS notified").format(channel=TODOS_CHANGED)

LIST = sql.SQL("""
    SELECT {columns} FROM todos
    WHERE user_id = %(user_id)s AND (%(completed)s::boolean IS NULL OR completed = %(completed)s)
    ORDER BY "order", id
""").format(columns=COLUMNS)

# The order after the highest; at the maximum of the column's range new todos share it.
ADD = sql.SQL("""
    INSERT INTO todos (user_id, title, completed, "order", due, created_at, updated_at)
    SELECT
        %(user_id)s, %(title)s, %(completed)s,
        COALESCE(%(order)s::integer, (
            SELECT LEAST(COALESCE(max("order"), 0)::bigint + 1, 2147483647)
            FROM todos WHERE user_id = %(user_id)s
        )),
        %(due)s, %(now)s, %(now)s
    WHERE has_room(%(user_id)s, %(max_todos)s)
    RETURNING {columns}, {notify}
""").format(columns=COLUMNS, notify=NOTIFY)

GET = sql.SQL(
    "SELECT {columns} FROM todos WHERE user_id = %(user_id)s AND id = %(todo_id)s"
).format(columns=COLUMNS)

CHANGE = sql.SQL("""
    UPDATE todos SET {assignments}, updated_at = %(now)s
    WHERE user_id = %(user_id)s AND id = %(todo_id)s
    RETURNING {columns}, {notify}
""")

# RETURNING gives rows in no particular order, so they are sorted outside.
CHANGE_ALL = sql.SQL("""
    WITH changed AS (
        UPDATE todos SET
            completed = %(completed)s,
            updated_at = CASE WHEN completed = %(completed)s THEN updated_at ELSE %(now)s END
        WHERE user_id = %(user_id)s
        RETURNING {columns}, {notify}
    )
    SELECT * FROM changed ORDER BY "order", id
""").format(columns=COLUMNS, notify=NOTIFY)

DELETE = sql.SQL(
    "DELETE FROM todos WHERE user_id = %(user_id)s AND id = %(todo_id)s RETURNING {notify}"
).format(notify=NOTIFY)

# A bounded number, so that each statement ends in time. They are locked in a fixed order, which
# prevents deadlocks, and one whose state was being changed is looked at again.
DELETE_SOME = sql.SQL("""
    DELETE FROM todos WHERE id IN (
        SELECT id FROM todos WHERE user_id = %(user_id)s
        AND (%(completed)s::boolean IS NULL OR completed = %(completed)s)
        ORDER BY "order", id LIMIT {batch} FOR UPDATE
    )
    RETURNING {notify}
""").format(batch=BATCH, notify=NOTIFY)


class TodoRepository(TodoStore):
    """The table `todos`, of which each user may have this many."""

    def __init__(self, database: Database, max_todos: int) -> None:
        self._database = database
        self._max_todos = max_todos

    @override
    def list(self, user_id: int, *, completed: bool | None = None) -> Sequence[Todo]:
        rows = self._database.run(LIST, {"user_id": user_id, "completed": completed})
        return [_todo(row) for row in rows]

    @override
    def add(self, author: Author, new: NewTodo, now: datetime) -> Todo:
        values = {"completed": False, "order": None, "due": None, **new, "now": now}
        try:
            rows = self._write(ADD, author, {**values, "max_todos": self._max_todos})
        except ForeignKeyViolation as error:
            raise UnknownUserError from error
        if not rows:
            raise ListFullError
        return _todo(rows[0])

    @override
    def get(self, user_id: int, todo_id: int) -> Todo | None:
        rows = self._database.run(GET, {"user_id": user_id, "todo_id": todo_id})
        return next(map(_todo, rows), None)

    @override
    def change(
        self, author: Author, todo_id: int, changes: TodoChanges, now: datetime
    ) -> Todo | None:
        assignments = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
            for name in changes
        )
        statement = CHANGE.format(assignments=assignments, columns=COLUMNS, notify=NOTIFY)
        rows = self._write(statement, author, {**changes, "todo_id": todo_id, "now": now})
        return next(map(_todo, rows), None)

    @override
    def change_all(self, author: Author, *, completed: bool, now: datetime) -> Sequence[Todo]:
        rows = self._write(CHANGE_ALL, author, {"completed": completed, "now": now})
        return [_todo(row) for row in rows]

    @override
    def delete(self, author: Author, todo_id: int) -> bool:
        return bool(self._write(DELETE, author, {"todo_id": todo_id}))

    @override
    def delete_all(self, author: Author, *, completed: bool | None = None) -> None:
        while len(self._write(DELETE_SOME, author, {"completed": completed})) == BATCH:
            pass

    def _write(
        self, statement: sql.Composed, author: Author, values: Mapping[str, object]
    ) -> Sequence[DictRow]:
        common = {"user_id": author.user_id, "message": encode(author)}
        return self._database.run(statement, {**values, **common})


def _todo(row: DictRow) -> Todo:
    row.pop("notified", None)
    return Todo(**row)
