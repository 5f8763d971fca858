"""What a patch changes: which lines, and which functions it affects.

A change affects the functions whose bodies changed, and those that use a constant whose value
changed. Any other change in a module affects everything that imports it.
"""

import ast
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lab.modules import Function, Module, differing
from tests.support.paths import own_files

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one file, in the line numbers that it had before.

    `lines` are those that change, or that may use a changed constant. As in coverage's reports, a
    statement is where it begins. `functions` are the bodies of all affected functions; None where
    every importer is affected. `tests` are the test files that use a changed constant themselves.
    """

    file: str
    lines: frozenset[int]
    functions: frozenset[Span] | None
    tests: frozenset[str] = frozenset()


def changes(before: Path, after: Path) -> list[Change]:
    """Compare the app/ of two folders."""
    files = {
        str(file.relative_to(folder))
        for folder in (before, after)
        for file in (folder / "app").rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    return [
        _change(after, file, old, new)
        for file in sorted(files)
        if (old := _text(before / file)) != (new := _text(after / file))
    ]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


def _change(folder: Path, file: str, old: str, new: str) -> Change:
    lines = _changed_lines(old, new)
    if not file.endswith(".py"):
        return Change(file, lines, None)
    before, after = Module(old), Module(new)
    constants = before.derived_from(
        {
            name
            for name in before.constants.keys() & after.constants.keys()
            if ast.dump(before.constants[name]) != ast.dump(after.constants[name])
        }
    )
    users, importers = before.users(constants), _importers(folder, file, constants)
    if before.rest != after.rest or users is None or not all(map(_is_test, importers)):
        return Change(file, _starts(lines, before), None)
    changed = differing(before.functions, after.functions)
    spans = {name: _span(before.functions[name]) for name in changed | users}
    inside = {line for line in lines if any(_contains(spans[name], line) for name in changed)}
    using = {line for name in users for line in range(spans[name][0], spans[name][1] + 1)}
    functions = frozenset(spans.values())
    return Change(file, _starts(inside, before) | using, functions, importers)


def _changed_lines(old: str, new: str) -> frozenset[int]:
    """Return the lines that are removed or replaced, and those around an insertion."""
    matcher = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return frozenset(
        line
        for code, begin, end, _, _ in matcher.get_opcodes()
        if code != "equal"
        for line in (range(begin + 1, end + 1) or (begin, begin + 1))
    )


def _starts(lines: set[int] | frozenset[int], module: Module) -> frozenset[int]:
    """Return the first lines of the statements that contain the lines."""
    spans = [_span(node) for node in module.statements]
    return frozenset(
        max((span[0] for span in spans if _contains(span, line)), default=line) for line in lines
    )


def _span(node: ast.stmt) -> Span:
    begin = node.body[0].lineno if isinstance(node, Function) else node.lineno
    return begin, node.end_lineno or begin


def _contains(span: Span, line: int) -> bool:
    return span[0] <= line <= span[1]


def _importers(folder: Path, file: str, constants: set[str]) -> frozenset[str]:
    """Return the files that may use a constant of `file`, judging by names alone."""
    path = Path(file)
    module = path.parent.name if path.stem == "__init__" else path.stem
    imports = re.compile(rf"import .*\b{module}\b|\b{module} import|from app\S*\.{module} ")
    return frozenset(
        other.relative_to(folder).as_posix()
        for part in ("app", "tests")
        for other in own_files(folder / part, "**/*.py")
        if other != folder / file
        for text in [other.read_text(encoding="utf-8")]
        if imports.search(text) and any(re.search(rf"\b{name}\b", text) for name in constants)
    )


def _is_test(file: str) -> bool:
    return file.startswith("tests/") and Path(file).name.startswith("test_")
