"""`python -m lab grade`, with fake sandboxes: its exit code."""

import argparse
from contextlib import nullcontext
from pathlib import Path

import pytest

from lab import catalogue, grade
from lab.catalogue import Kind
from lab.layers import Outcome
from lab.tests.factories import FAILS, make_baseline, make_outcome, make_patch
from lab.tests.fake_sandboxes import FakeSandboxes
from tools.common import ToolError

FAULT, REFACTORING = make_patch("tax-forgotten"), make_patch("same", kind=Kind.REFACTORING)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(make_outcome(), 0), (FAILS, 1)],
    ids=["accepts the refactoring", "rejects the refactoring"],
)
def test_fails_if_the_tests_raise_a_false_alarm(
    outcome: Outcome, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that the tests miss does not change the exit code."""
    (tmp_path / "test_prices.py").touch()
    fake = FakeSandboxes(tmp_path, make_baseline(), lambda _: outcome)
    monkeypatch.setattr(catalogue, "read_all", lambda: [FAULT, REFACTORING])
    monkeypatch.setattr(grade, "sandboxes", lambda *_, **__: nullcontext(fake))

    assert grade.main(argparse.Namespace(folder=tmp_path)) == status


def test_refuses_a_folder_without_tests(tmp_path: Path) -> None:
    """An empty folder is a mistake, and not a suite that misses every fault."""
    with pytest.raises(ToolError, match=r"^There is no test_\*\.py in "):
        grade.main(argparse.Namespace(folder=tmp_path))
