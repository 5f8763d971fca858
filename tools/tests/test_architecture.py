"""Rules that the import contracts of `make check` cannot express."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import own_files
from tools.common import LAYERS, ROOT

PACKAGES = ("app", "bench", "docs", "lab", "tests", "tools")
DOMAIN = own_files(ROOT / "app" / "domain", "*.py")


def imported_by(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module


def siblings() -> dict[str, dict[str, str]]:
    """Return the docstring of every test, by name and then by id."""
    found: dict[str, dict[str, str]] = {}
    for folder in ("contracts", *LAYERS):
        for file in own_files(ROOT / "tests" / folder, "**/*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    address = f"{file.relative_to(ROOT)}::{node.name}"
                    found.setdefault(node.name, {})[address] = ast.get_docstring(node) or ""
    return found


@pytest.mark.parametrize("file", DOMAIN, ids=lambda file: file.name)
def test_the_domain_needs_nothing_but_the_standard_library(file: Path) -> None:
    """The rules import no third-party package, so they can be understood and tested alone."""
    third_party = {
        module
        for module in imported_by(file)
        if not module.startswith("app.domain")
        and module.partition(".")[0] not in sys.stdlib_module_names
    }

    assert third_party == set()


def test_one_module_calls_git() -> None:
    """Everything else calls it through tools.git, so no call depends on its surroundings."""
    callers = {
        file.relative_to(ROOT).as_posix()
        for folder in PACKAGES
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.List | ast.Tuple)
        and ast.unparse(node).lstrip("[(").startswith("'git'")
    }

    assert callers == {"tools/git.py"}


def test_siblings_name_each_other() -> None:
    """Tests of one behaviour in several layers share a name, and their docstrings list them."""
    missing = [
        f"{address} does not name its sibling {other}"
        for tests in siblings().values()
        for address, docstring in tests.items()
        for other in tests.keys() - {address}
        if other not in "".join(docstring.split("\n"))
    ]

    assert sorted(missing) == []
