"""Which tests can notice a change at all, and whether the layer executes what was changed.

A test that never runs a changed function, nor opens a changed file, cannot tell the difference:
it need not run. Among the tests may be a file's name, for what its tests share, and "", for what
all share.
"""

from pathlib import Path

from lab.baseline import Baseline
from lab.changes import Change

PAGE = "app/web/"


def tests_that_reach(changes: list[Change], baseline: Baseline, *, in_browser: bool) -> set[str]:
    """Return the tests of the layer that can tell.

    Tests in a browser leave their todos in one database, and what one of them sees may be another's
    doing: if any can tell, all can.
    """
    found = {test for change in changes for test in _reaching(change, baseline)}
    is_page = any(not change.file.endswith(".py") for change in changes)
    everything = set(baseline.tests)
    if "" in found or (in_browser and is_page):
        return everything
    tests = {test for test in everything if {test, test.partition("::")[0]} & found}
    return everything if tests and in_browser else tests


def _reaching(change: Change, baseline: Baseline) -> set[str]:
    opened = set(baseline.opened.get(change.file, []))
    if not change.file.endswith(".py"):
        return opened
    if change.functions is None:
        return {""}
    lines = baseline.lines.get(change.file, {})
    spans = [range(begin, end + 1) for begin, end in change.functions]
    # Python's own import opens a module too, which is no test's doing.
    return (
        (opened - {""})
        | change.tests
        | {
            test
            for line, tests in lines.items()
            if any(int(line) in span for span in spans)
            for test in tests
        }
    )


def executes(changes: list[Change], baseline: Baseline, source: Path, *, in_browser: bool) -> bool:
    """Say whether the layer executes any changed line of the app/ in `source`."""
    return any(_executes(change, baseline, source, in_browser=in_browser) for change in changes)


def _executes(change: Change, baseline: Baseline, source: Path, *, in_browser: bool) -> bool:
    if change.file.endswith(".py"):
        return any(str(line) in baseline.lines.get(change.file, {}) for line in change.lines)
    if change.file.startswith(PAGE):
        # Whatever else opens these files, nothing but a browser does what they say.
        return in_browser and not _is_idle(change, baseline, source)
    return in_browser or change.file in baseline.opened


def _is_idle(change: Change, baseline: Baseline, source: Path) -> bool:
    """Say whether every change is within a function of the page that no test calls."""
    text = (source / change.file).read_text(encoding="utf-8")
    module = "/" + change.file.removeprefix(PAGE)
    starts = {
        text.count("\n", 0, offset) + 1: called
        for path, _, offset, called in baseline.functions
        if path == module
    }
    return bool(starts) and not any(
        starts[max((start for start in starts if start <= line), default=min(starts))]
        for line in change.lines
    )
