"""`python -m app.migrate`: brings the schema up to date, and ends.

`python -m app` does so too. This command is for the owner of the tables, where the service itself
has a role that may not change them (docs/operation.md).

Exit codes: 0 done, 1 the database is not available or refuses, 2 DATABASE_URL is wrong.
"""

import sys
from typing import NoReturn

import psycopg
from pydantic import ValidationError

from app.adapters.migrations import migrate
from app.domain.errors import StorageUnavailableError
from app.settings import DatabaseSettings, explain


def main() -> None:
    """Apply the missing migrations, or exit with one line."""
    try:
        settings = DatabaseSettings()
    except ValidationError as error:
        fail(2, *explain(error))
    migrate_or_exit(settings.database_url.get_secret_value())


def migrate_or_exit(url: str) -> None:
    """Apply the missing migrations; if that fails, exit with one line that says why."""
    try:
        migrate(url)
    except StorageUnavailableError as error:
        fail(1, f"DATABASE_URL: cannot connect to a database: {error}")
    except psycopg.Error as error:
        reason = str(error).partition("\n")[0]
        advice = ". Type, as the owner of the tables: python -m app.migrate"
        advice = advice if isinstance(error, psycopg.errors.InsufficientPrivilege) else ""
        fail(1, f"DATABASE_URL: the schema could not be brought up to date: {reason}{advice}")


def fail(code: int, *lines: str) -> NoReturn:
    """Exit with these lines on standard error."""
    sys.stderr.write("\n".join(lines) + "\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
