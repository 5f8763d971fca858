"""What the import contracts of `make check` cannot say."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.common import ROOT

DOMAIN = sorted((ROOT / "app" / "domain").glob("*.py"))
PARTS = ("contracts", "unit", "integration", "e2e")


def imported_by(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module


@cache
def docstrings() -> dict[str, dict[str, str]]:
    """Return the docstring of every test, by its name, then by its address."""
    found: dict[str, dict[str, str]] = {}
    for part in PARTS:
        for file in (ROOT / "tests" / part).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    address = f"{file.relative_to(ROOT)}::{node.name}"
                    found.setdefault(node.name, {})[address] = ast.get_docstring(node) or ""
    return found


@pytest.mark.parametrize("file", DOMAIN, ids=lambda file: file.name)
def test_the_domain_needs_nothing_but_the_standard_library(file: Path) -> None:
    """The rules import no package of others, so they can be understood and tested alone."""
    foreign = {
        module
        for module in imported_by(file)
        if not module.startswith("app.domain")
        and module.partition(".")[0] not in sys.stdlib_module_names
    }

    assert foreign == set()


def test_siblings_name_each_other() -> None:
    """A behaviour that is tested under one name at several layers leads to all of its tests."""
    silent = [
        f"{address} does not name {other}"
        for tests in docstrings().values()
        for address, docstring in tests.items()
        for other in tests.keys() - {address}
        if other not in "".join(docstring.split("\n"))
    ]

    assert sorted(silent) == []


def test_every_test_states_a_fact() -> None:
    """Each test has a docstring that begins with one whole sentence."""
    speechless = [
        address
        for tests in docstrings().values()
        for address, docstring in tests.items()
        if not docstring.partition("\n")[0].endswith(".")
    ]

    assert sorted(speechless) == []
