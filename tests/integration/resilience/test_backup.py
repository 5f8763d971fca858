"""A backup, made and restored with the commands of docs/operation.md."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from tests.support.postgres_programs import run
from tests.support.resilience_service import ResilienceService

pytestmark = pytest.mark.slow

DUMP = ("pg_dump", "--format=custom")
RESTORE = ("pg_restore", "--no-owner", "--no-acl", "--single-transaction")


def test_restores_a_backup(
    start_service: Callable[..., ResilienceService],
    empty_url: str,
    db: psycopg.Connection[TupleRow],
    tmp_path: Path,
) -> None:
    """After the loss of the database its accounts and todos are those of the backup.

    The test is slow: it starts the service twice.
    """
    service, dump = start_service(empty_url), tmp_path / "todos.dump"
    ada = service.new_user()
    service.add(ada, "Buy milk")
    run(*DUMP, f"--file={dump}", empty_url)
    service.kill()
    for statement in ("DROP DATABASE {} WITH (FORCE)", "CREATE DATABASE {}"):
        db.execute(SQL(statement).format(Identifier(urlsplit(empty_url).path.strip("/"))))

    run(*RESTORE, f"--dbname={empty_url}", dump)

    service.start()
    assert [todo["title"] for todo in service.list(ada)] == ["Buy milk"]
    assert service.add(ada).status_code == 201
