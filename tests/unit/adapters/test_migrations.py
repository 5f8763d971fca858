"""Which files are migrations. How they run: tests/integration/database/test_migrations.py."""

from pathlib import Path

from app.adapters.migrations import migrations
from tests.support.litter import litter


def test_takes_migrations_alone(tmp_path: Path) -> None:
    """An editor's lock, a backup, a copy or a folder beside them does not stop a start."""
    migration = tmp_path / "0001_users.sql"
    migration.touch()
    litter(tmp_path, migration.name, free_name="0002_folder.sql")

    found = migrations(tmp_path)

    assert found == [migration]
