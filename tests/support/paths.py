"""The project's folders and the names of its test layers."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
LAYERS = ("unit", "integration", "e2e")
JAVASCRIPT_COVERAGE = BUILD / "coverage" / "e2e.javascript.json"
OWN_NAME = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+\.[a-z]+")


def own_files(folder: Path, pattern: str) -> list[Path]:
    """Return the files that match, sorted, but not what a program put beside them.

    An editor leaves `.#x.sql`, a link that leads nowhere, a Mac `._x.sql`, a merge `x_LOCAL_7.sql`,
    and a file manager `x copy.sql`.
    """
    found = sorted(folder.glob(pattern))
    return [
        file
        for file in found
        if OWN_NAME.fullmatch(file.relative_to(folder).as_posix()) and file.is_file()
    ]
