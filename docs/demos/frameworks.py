"""How much of the service depends on Flask, and which parts load without it."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tests.support.paths import own_files
from tools.common import ROOT

APP = ROOT / "app"
FLASK = {"flask", "flask_sock", "werkzeug"}
PARTS = ("domain", "adapters", "api")


def main() -> None:
    """Count modules and lines, then try to load each part without Flask."""
    for part in ("", *PARTS):
        files = own_files(APP / part, "*.py")
        dependent = [file for file in files if FLASK & set(imported_packages(file))]
        print(
            f"{Path('app') / part}: {len(dependent)} of {len(files)} modules import Flask,"
            f" {count_lines(dependent)} of {count_lines(files)} lines"
        )
    hide_flask()
    for part in PARTS:
        print(f"without Flask, app/{part}", "loads" if loads(part) else "does not load")


def hide_flask() -> None:
    """Make every import of Flask fail, as if it were not installed."""
    for name in FLASK:
        sys.modules[name] = None  # type: ignore[assignment] # an import of None fails
    # app/__init__.py imports Flask, so an empty package takes its place.
    package = ModuleType("app")
    package.__path__ = [str(APP)]
    sys.modules["app"] = package


def imported_packages(file: Path) -> Iterator[str]:
    """Yield the packages that a module imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def count_lines(files: list[Path]) -> int:
    """Return the total number of lines in these files."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def loads(part: str) -> bool:
    """Return whether every module of this part can be imported."""
    try:
        for file in own_files(APP / part, "[a-z]*.py"):
            importlib.import_module(f"app.{part}.{file.stem}")
    except ImportError:
        return False
    return True
