"""How much of the service knows Flask, and what can be loaded where Flask is not installed."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tools.common import ROOT

APP = ROOT / "app"
FLASK = {"flask", "flask_sock", "werkzeug"}
PARTS = ("domain", "adapters", "http")


def main() -> None:
    """Count lines, then load what is said not to need Flask."""
    for part in ("", *PARTS):
        files = sorted((APP / part).glob("*.py"))
        knowing = [file for file in files if FLASK & set(imported_by(file))]
        print(
            f"{Path('app') / part}: {len(knowing)} of {len(files)} modules import Flask,"
            f" {lines_of(knowing)} of {lines_of(files)} lines"
        )
    take_flask_away()
    for part in PARTS:
        print(f"without Flask, app/{part}", "loads" if loads(part) else "does not load")


def take_flask_away() -> None:
    """Let it be as if Flask were not installed."""
    for name in FLASK:
        sys.modules[name] = None  # type: ignore[assignment] # Python's own way to say so
    # What puts all parts together, Flask among them, is left out.
    package = ModuleType("app")
    package.__path__ = [str(APP)]
    sys.modules["app"] = package


def imported_by(file: Path) -> Iterator[str]:
    """Yield the packages that a module imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def lines_of(files: list[Path]) -> int:
    """Return how many lines some files have together."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def loads(part: str) -> bool:
    """Say whether every module of a part can be imported."""
    try:
        for file in sorted((APP / part).glob("[a-z]*.py")):
            importlib.import_module(f"app.{part}.{file.stem}")
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main()
