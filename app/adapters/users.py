"""Accounts in PostgreSQL."""

from datetime import datetime

from psycopg.errors import UniqueViolation
from psycopg.rows import DictRow
from typing_extensions import override

from app.adapters.database import Database
from app.domain.accounts import Credentials, User
from app.domain.errors import EmailTakenError
from app.ports import UserStore


class UserRepository(UserStore):
    """The table `users`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def add(self, email: str, password_hash: str, now: datetime) -> User:
        # The constraint decides, not a query beforehand: of two sign-ups at once only one can win.
        try:
            [row] = self._database.run(
                """
                INSERT INTO users (email, password_hash, created_at)
                VALUES (%(email)s, %(password_hash)s, %(now)s)
                RETURNING id, email, created_at
                """,
                {"email": email, "password_hash": password_hash, "now": now},
            )
        except UniqueViolation as error:
            raise EmailTakenError from error
        return User(**row)

    @override
    def find(self, email: str) -> Credentials | None:
        rows = self._database.run(
            "SELECT id, email, created_at, password_hash FROM users WHERE email = %(email)s",
            {"email": email},
        )
        return next(map(_credentials, rows), None)

    @override
    def get(self, user_id: int) -> User | None:
        rows = self._database.run(
            "SELECT id, email, created_at FROM users WHERE id = %(id)s", {"id": user_id}
        )
        return next((User(**row) for row in rows), None)


def _credentials(row: DictRow) -> Credentials:
    password_hash = row.pop("password_hash")
    return Credentials(User(**row), password_hash)
