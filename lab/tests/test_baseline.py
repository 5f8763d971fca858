"""When a kept baseline is used again."""

from pathlib import Path

import pytest

from lab.baseline import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a project with one file in each of several folders."""
    for file in ("app/a.py", "tests/unit/test_a.py", "lab/run.py", "docs/tour.md"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    return tmp_path


@pytest.mark.parametrize("file", ["app/a.py", "tests/unit/test_a.py", "tests/new.py"])
def test_the_fingerprint_depends_on_the_service_and_its_tests(file: str, folder: Path) -> None:
    """A baseline is measured again after a change of a file on which a layer can depend."""
    before = fingerprint(folder)

    (folder / file).write_text("# A change.\n", encoding="utf-8")

    assert fingerprint(folder) != before


@pytest.mark.parametrize("file", ["lab/run.py", "docs/tour.md", "README.md"])
def test_the_fingerprint_does_not_depend_on_other_files(file: str, folder: Path) -> None:
    """A baseline stays valid after a change of the guide or of the lab's report."""
    before = fingerprint(folder)

    (folder / file).write_text("A change.\n", encoding="utf-8")

    assert fingerprint(folder) == before
