"""Which files of the project the lab, the guide and the tools read."""

from pathlib import Path

import pytest

from tests.support.litter import litter
from tests.support.paths import own_files


@pytest.mark.parametrize("name", ["no-limit.patch", "test_todos.py", "tour.md"])
def test_takes_no_file_that_a_program_left(tmp_path: Path, name: str) -> None:
    """An editor's lock, a backup, a copy or a folder beside them is passed over."""
    (tmp_path / name).touch()
    litter(tmp_path, name, free_name=f"folder.{name.partition('.')[2]}")

    found = own_files(tmp_path, "*")

    assert found == [tmp_path / name]


def test_takes_no_file_of_a_hidden_folder(tmp_path: Path) -> None:
    """A notebook's checkpoints repeat the names of the files that they keep."""
    for folder in (".ipynb_checkpoints", "questions"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "jwt.md").touch()

    found = own_files(tmp_path, "**/*.md")

    assert found == [tmp_path / "questions/jwt.md"]
