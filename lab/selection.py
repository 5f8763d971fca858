"""Test selection: which tests can notice a change, and whether a layer executes what was changed.

A test that never executes a changed function, nor opens a changed file, cannot notice the change,
so it need not run. In a baseline the name of a test file stands for what its tests share, and ""
for what all tests share.
"""

from pathlib import Path

from lab.baseline import Baseline
from lab.changes import Change

PAGE = "app/web/"


def select_tests(changes: list[Change], baseline: Baseline, *, in_browser: bool) -> set[str]:
    """Return the tests of the layer that can notice any of the changes.

    Browser tests share one database, where a test may see the todos of another one: if any of them
    can notice a change, all run.
    """
    found = {name for change in changes for name in _affected(change, baseline)}
    is_page = any(not change.file.endswith(".py") for change in changes)
    every_test = set(baseline.tests)
    if "" in found or (in_browser and is_page):
        return every_test
    tests = {test for test in every_test if {test, test.partition("::")[0]} & found}
    return every_test if tests and in_browser else tests


def _affected(change: Change, baseline: Baseline) -> set[str]:
    """Return the names of tests and test files that a change may affect."""
    opened = set(baseline.opened.get(change.file, []))
    if not change.file.endswith(".py"):
        return opened
    if change.functions is None:
        return {""}
    lines = baseline.lines.get(change.file, {})
    spans = [range(begin, end + 1) for begin, end in change.functions]
    executing = {
        test
        for line, tests in lines.items()
        if any(int(line) in span for span in spans)
        for test in tests
    }
    # Python opens each module when it is imported, which is not the work of any test.
    return (opened - {""}) | change.tests | executing


def executes(changes: list[Change], baseline: Baseline, source: Path, *, in_browser: bool) -> bool:
    """Whether the layer executes any changed line of the app/ in `source`."""
    return any(_executes(change, baseline, source, in_browser=in_browser) for change in changes)


def _executes(change: Change, baseline: Baseline, source: Path, *, in_browser: bool) -> bool:
    if change.file.endswith(".py"):
        return any(str(line) in baseline.lines.get(change.file, {}) for line in change.lines)
    if change.file.startswith(PAGE):
        # Other tests may read these files, but only a browser runs them.
        return in_browser and not _is_never_called(change, baseline, source)
    return in_browser or change.file in baseline.opened


def _is_never_called(change: Change, baseline: Baseline, source: Path) -> bool:
    """Whether every change is within a function of the page that no test calls."""
    text = (source / change.file).read_text(encoding="utf-8")
    module = "/" + change.file.removeprefix(PAGE)
    called_at = {
        text.count("\n", 0, offset) + 1: called
        for path, _, offset, called in baseline.functions
        if path == module
    }
    return bool(called_at) and not any(
        called_at[max((start for start in called_at if start <= line), default=min(called_at))]
        for line in change.lines
    )
