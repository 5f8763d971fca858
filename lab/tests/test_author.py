"""`python -m lab new`, in a small repository of its own."""

import argparse
from pathlib import Path

import pytest

from lab import author, catalogue
from tools.common import ToolError
from tools.git import git

AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with one committed module, and an empty catalogue."""
    (tmp_path / "app").mkdir()
    (tmp_path / "lab/faults").mkdir(parents=True)
    (tmp_path / "app/prices.py").write_text("TAX = 19\n", encoding="utf-8")
    (tmp_path / "README.md").touch()
    for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "Begin"]):
        git(*command, folder=tmp_path)
    monkeypatch.setattr(author, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "LAB", tmp_path / "lab")
    return tmp_path


def test_turns_the_changes_in_app_into_a_fault(root: Path) -> None:
    """The patch has an empty header for a person to fill in, and no change outside of app/."""
    (root / "app/prices.py").write_text("TAX = 7\n", encoding="utf-8")
    (root / "README.md").write_text("A change.\n", encoding="utf-8")

    status = author.new(argparse.Namespace(name="tax-lowered"))

    patch = (root / "lab/faults/tax-lowered.patch").read_text(encoding="utf-8")
    assert status == 0
    assert patch.partition("\nsource")[0] == "title:\nsuffers:\nlesson:\ntopic:"
    assert "+TAX = 7" in patch
    assert "README.md" not in patch


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("tax-lowered", "Nothing in app/ differs from the last commit. Break something first."),
        ("tax-forgotten", "There already is a fault tax-forgotten."),
        ("Tax lowered", "'Tax lowered' does not consist of lower-case words and hyphens."),
    ],
    ids=["no change", "name taken", "invalid name"],
)
def test_refuses_to_make_a_fault(name: str, message: str, root: Path) -> None:
    """A fault needs a change, and a new name of lower-case words."""
    (root / "lab/faults/tax-forgotten.patch").touch()

    with pytest.raises(ToolError, match=message):
        author.new(argparse.Namespace(name=name))
