"""Which migrations a start applies, and what remains of one that fails."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from app.adapters.migrations import ADVISORY_LOCK, migrate, migrations
from app.domain.errors import StorageUnavailableError
from tests.support.locks import wait_for_blocked_sessions

READ_ONLY = "-c default_transaction_read_only=on"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def tables_in(url: str) -> list[str]:
    """Return the names of the tables."""
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute(TABLES)]


@pytest.fixture
def broken_folder(tmp_path: Path) -> Path:
    """Write two migrations, of which the second fails after its first statement."""
    (tmp_path / "0001_sound.sql").write_text("CREATE TABLE sound (id int)")
    (tmp_path / "0002_broken.sql").write_text("CREATE TABLE half (id int); SELECT 1 / 0;")
    return tmp_path


def test_applies_nothing_twice(empty_url: str) -> None:
    """A second start applies nothing, so it works on a read-only database too."""
    migrate(empty_url)

    applied = migrate(make_conninfo(empty_url, options=READ_ONLY))

    assert applied == []


def test_applies_a_lower_number_later(empty_url: str, tmp_path: Path) -> None:
    """After a merge of two branches a lower number may come second; it is applied all the same."""
    (tmp_path / "0002_early.sql").write_text("CREATE TABLE early (id int)")
    migrate(empty_url, tmp_path)
    (tmp_path / "0001_late.sql").write_text("CREATE TABLE late (id int)")

    applied = migrate(empty_url, tmp_path)

    assert applied == ["0001_late.sql"]


def test_waits_for_the_migrations_of_another_process(empty_url: str) -> None:
    """Of two processes that start together the second waits, and then has nothing to apply."""
    names = [file.name for file in migrations()]
    with (
        ThreadPoolExecutor(1) as thread,
        psycopg.connect(empty_url) as first,
        psycopg.connect(empty_url, autocommit=True) as observer,
    ):
        first.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        second = thread.submit(migrate, empty_url)
        wait_for_blocked_sessions(observer)
        first.execute("CREATE TABLE migrations (name text PRIMARY KEY)")
        first.execute("INSERT INTO migrations SELECT unnest(%s::text[])", [names])

    assert second.result() == []


def test_rolls_back_a_broken_migration(empty_url: str, broken_folder: Path) -> None:
    """A migration that fails half-way is rolled back as a whole; those before it stay."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_url, broken_folder)

    assert tables_in(empty_url) == ["migrations", "sound"]


def test_rolls_back_a_migration_that_it_cannot_record(empty_url: str, tmp_path: Path) -> None:
    """If a migration could not be recorded as applied, the next start would apply it twice."""
    with psycopg.connect(empty_url) as connection:
        connection.execute("CREATE TABLE migrations (name text PRIMARY KEY CHECK (name = ''))")
    (tmp_path / "0001_sound.sql").write_text("CREATE TABLE sound (id int)")

    with pytest.raises(psycopg.errors.CheckViolation):
        migrate(empty_url, tmp_path)

    assert tables_in(empty_url) == ["migrations"]


def test_continues_with_the_repaired_migration(empty_url: str, broken_folder: Path) -> None:
    """Once a broken migration is repaired, the next start continues with it."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_url, broken_folder)
    (broken_folder / "0002_broken.sql").write_text("CREATE TABLE whole (id int)")

    applied = migrate(empty_url, broken_folder)

    assert applied == ["0002_broken.sql"]


def test_raises_our_own_error_without_a_server() -> None:
    """A failed connection becomes StorageUnavailableError, which a start can explain."""
    with pytest.raises(StorageUnavailableError):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")
