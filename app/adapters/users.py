"""Accounts in PostgreSQL."""

from datetime import datetime

from psycopg.errors import UniqueViolation
from psycopg.rows import DictRow

from app.adapters.database import Database
from app.domain.accounts import Credentials, User
from app.domain.errors import EmailTakenError


class Users:
    """The table `users`."""

    def __init__(self, database: Database) -> None:
        """Keep accounts in `database`."""
        self._database = database

    def add(self, email: str, password_hash: str, now: datetime) -> User:
        """Add an account; raises EmailTakenError.

        The constraint decides, not a look beforehand: two sign-ups at once cannot both win.
        """
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

    def find(self, email: str) -> Credentials | None:
        """Return what sign-in needs of the account with this canonical e-mail."""
        rows = self._database.run(
            "SELECT id, email, created_at, password_hash FROM users WHERE email = %(email)s",
            {"email": email},
        )
        return next(map(_credentials, rows), None)

    def get(self, user_id: int) -> User | None:
        """Return the account, if it is there."""
        rows = self._database.run(
            "SELECT id, email, created_at FROM users WHERE id = %(id)s", {"id": user_id}
        )
        return next((User(**row) for row in rows), None)


def _credentials(row: DictRow) -> Credentials:
    password_hash = row.pop("password_hash")
    return Credentials(User(**row), password_hash)
