"""When a kept baseline is used again."""

from pathlib import Path

import pytest

from lab.baseline import fingerprint


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("app/a.py", True),
        ("tests/unit/test_new.py", True),
        ("lab/recorder.py", True),
        ("lab/run.py", False),
        ("README.md", False),
    ],
)
def test_the_fingerprint_depends_on_the_service_and_its_tests(
    file: str, tmp_path: Path, *, counts: bool
) -> None:
    """A baseline is measured again after a change on which a layer can depend, and no other."""
    before = fingerprint(tmp_path)
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)

    (tmp_path / file).write_text("A change.\n", encoding="utf-8")

    assert (fingerprint(tmp_path) != before) == counts
