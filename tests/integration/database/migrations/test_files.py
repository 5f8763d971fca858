"""Which files a start applies, and what becomes of one that fails."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from app.adapters.migrations import ADVISORY_LOCK, FOLDER, migrate
from app.domain.errors import StorageUnavailableError
from tests.support.locks import wait_for_blocked_sessions

READ_ONLY = "-c search_path=fresh -c default_transaction_read_only=on"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'fresh'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of migrations whose second one fails after its first statement."""
    (tmp_path / "0001_sound.sql").write_text("CREATE TABLE sound (id int)")
    (tmp_path / "0002_broken.sql").write_text("CREATE TABLE half (id int); SELECT 1 / 0;")
    return tmp_path


def test_applies_nothing_twice(fresh_url: str) -> None:
    """A second start finds nothing to do, and needs no right to write."""
    migrate(fresh_url)

    applied = migrate(make_conninfo(fresh_url, options=READ_ONLY))

    assert applied == []


def test_applies_a_file_that_came_late(fresh_url: str, tmp_path: Path) -> None:
    """A file is applied though a higher number was before it, as where branches are merged."""
    (tmp_path / "0002_early.sql").write_text("CREATE TABLE early (id int)")
    migrate(fresh_url, tmp_path)
    (tmp_path / "0001_late.sql").write_text("CREATE TABLE late (id int)")

    applied = migrate(fresh_url, tmp_path)

    assert applied == ["0001_late.sql"]


def test_lets_processes_start_at_once(fresh_url: str, db: psycopg.Connection[TupleRow]) -> None:
    """Of two processes that start together the second waits, and finds all files applied."""
    names = [file.name for file in FOLDER.glob("*.sql")]
    with ThreadPoolExecutor(1) as thread, psycopg.connect(fresh_url) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        second = thread.submit(migrate, fresh_url)
        wait_for_blocked_sessions(db)
        first.execute("CREATE TABLE migrations (name text PRIMARY KEY)")
        first.execute("INSERT INTO migrations SELECT unnest(%s::text[])", [names])

    assert second.result() == []


def test_leaves_no_trace_of_a_broken_file(
    fresh_url: str, folder: Path, db: psycopg.Connection[TupleRow]
) -> None:
    """A file that fails half-way is undone as a whole; those before it stay."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(fresh_url, folder)

    assert sorted(db.execute(TABLES).fetchall()) == [("migrations",), ("sound",)]


def test_leaves_no_trace_of_what_it_cannot_note(
    fresh_url: str, tmp_path: Path, db: psycopg.Connection[TupleRow]
) -> None:
    """A file that cannot be noted as applied is undone too, or it would be applied twice."""
    db.execute("CREATE TABLE fresh.migrations (name text PRIMARY KEY CHECK (name = ''))")
    (tmp_path / "0001_sound.sql").write_text("CREATE TABLE sound (id int)")

    with pytest.raises(psycopg.errors.CheckViolation):
        migrate(fresh_url, tmp_path)

    assert db.execute(TABLES).fetchall() == [("migrations",)]


def test_goes_on_with_the_mended_file(fresh_url: str, folder: Path) -> None:
    """Once a broken file is mended, the next start takes up there."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(fresh_url, folder)
    (folder / "0002_broken.sql").write_text("CREATE TABLE whole (id int)")

    applied = migrate(fresh_url, folder)

    assert applied == ["0002_broken.sql"]


def test_says_that_there_is_no_server() -> None:
    """A server that cannot be reached is the service's own error."""
    with pytest.raises(StorageUnavailableError):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")
