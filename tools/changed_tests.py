"""Which tests a change adds or alters, and how they do without it."""

import ast
from collections.abc import Iterable

from tools.junit import Case

FAILS = "fails"
PASSES = "passes"
NO_IMPORT = "cannot be imported"

HEADING = "### Do the changed tests fail without the change to app/?"
EXPLANATION = """\
A test that fails here detects the change. A test that passes is not a mistake: it may have been
tidied up, or it may describe behaviour that the change keeps. Tests that pass and were only moved
or reworded are left out."""


def tests(source: str) -> dict[str, str]:
    """Return the code of each test by name, without comments, formatting and docstring."""
    try:
        module = ast.parse(source)
    except SyntaxError:
        return {}  # pytest reports it
    return {
        node.name: _code(node)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _code(function: ast.FunctionDef) -> str:
    if ast.get_docstring(function):
        del function.body[0]
    return ast.unparse(function)


def results(cases: Iterable[Case], changed: set[str]) -> dict[str, str]:
    """Return the results by test id: all tests that fail, and the changed tests that pass.

    A parametrized test fails if one of its cases does.
    """
    found: dict[str, str] = {}
    for case in cases:
        if not case.module:
            found[_file(case.name)] = NO_IMPORT
            continue
        address = f"{_file(case.module)}::{case.name.partition('[')[0]}"
        if case.failed:
            found[address] = FAILS
        elif address in changed:
            found.setdefault(address, PASSES)
    return found


def _file(module: str) -> str:
    return module.replace(".", "/") + ".py"


def report(results: dict[str, str]) -> str:
    """Return the results as Markdown."""
    if not results:
        return "No regression proof: tests were only moved or reworded."
    table = [f"| `{test}` | {result} |" for test, result in sorted(results.items())]
    head = [HEADING, "", "| test | without the change |", "| --- | --- |"]
    return "\n".join([*head, *table, "", EXPLANATION])
