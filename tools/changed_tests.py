"""What a change does to the tests, seen without the change."""

import ast
from collections.abc import Iterable

from tools.junit import Case

FAILS = "fails"
PASSES = "passes"
NO_IMPORT = "cannot be imported"

HEADING = "### Do the changed tests fail without the change of app/?"
EXPLANATION = """\
A test that fails notices the change. One that passes is no offence: it may have been renamed or
tidied, or tell of what worked before. Left out are tests that pass and were there already, be it
in another file or in other words."""


def tests(source: str) -> dict[str, str]:
    """Return each test's code by its name, without comments, layout and docstring."""
    try:
        module = ast.parse(source)
    except SyntaxError:
        return {}  # pytest will tell
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
    """Return the results by address: of tests that fail, and of changed tests that pass.

    A test with several cases fails when one of them does.
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
        return "No regression proof: tests were only moved, or changed in their words."
    table = [f"| `{test}` | {result} |" for test, result in sorted(results.items())]
    head = [HEADING, "", "| test | without the change |", "| --- | --- |"]
    return "\n".join([*head, *table, "", EXPLANATION])
