"""`python -m tools.regression_proof BASE`: shows whether changed tests fail on the old app/.

Considers the commits since the branch left BASE. Runs the test files that they added or changed
against the app/ of BASE. The result is for information only: the exit code is 0 whether or not the
tests fail, and 2 if there is no such BASE.
"""

import ast
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import children
from tests.support.children import temporary_folder
from tools import junit
from tools.command import end_with
from tools.common import BUILD, LAYERS, ToolError
from tools.git import DIFF, GitError, git, require_history

SUMMARY = "GITHUB_STEP_SUMMARY"
FAILS = "fails"
PASSES = "passes"
HEADING = """\
### Do the changed tests fail without the change to app/?

| test | without the change |
| --- | --- |"""
EXPLANATION = """
A test that fails here detects the change. A test that passes is not a mistake: it may have been
tidied up, or it may describe behaviour that the change keeps. Tests that pass and were only moved
or reworded are left out. A file that fails as a whole could not be imported, or pytest could not
run; see the output."""


def main() -> None:
    """Print the results, on GitHub in the job summary too."""
    require_history()
    proof = _proof(_merge_base(sys.argv[1]))
    print(proof)
    if file := os.environ.get(SUMMARY):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(f"{proof}\n")


def _merge_base(branch: str) -> str:
    """Return the commit where the branch was left; raises ToolError."""
    try:
        return git("merge-base", branch, "HEAD").strip()
    except GitError as error:
        raise ToolError(
            f"No commit of {branch} is known from which HEAD began ({error})."
            " Name another BASE, or type: git fetch --unshallow"
        ) from error


def _proof(base: str) -> str:
    """Return the results of the changed tests without the change, as Markdown."""
    if not git(*DIFF, "--name-only", "--relative", base, "HEAD", "--", "app"):
        return "No regression proof: app/ did not change."
    changed = _changed_tests(base)
    cases: list[junit.Case] = []
    with _without_the_change(base) as folder:
        for layer in LAYERS:
            files = [file for file in _test_files(base, "d") if file.startswith(f"tests/{layer}/")]
            cases += _run(folder, files) if files else []
    rows = [f"| `{test}` | {result} |" for test, result in sorted(results(cases, changed).items())]
    if not rows:
        return "No regression proof: no test was added or changed."
    return "\n".join([HEADING, *rows, EXPLANATION])


def _changed_tests(base: str) -> set[str]:
    """Return the ids of the tests whose code was in no test file before."""
    before = {
        code
        for file in _test_files(base, "a")
        for code in tests(git("show", f"{base}:./{file}")).values()
    }
    return {
        f"{file}::{name}"
        for file in _test_files(base, "d")
        for name, code in tests(git("show", f"HEAD:./{file}")).items()
        if code not in before
    }


def tests(source: str) -> dict[str, str]:
    """Return the code of each test by name, without comments, formatting and docstring."""
    try:
        module = ast.parse(source)
    except SyntaxError:
        return {}  # pytest reports it
    found: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            if ast.get_docstring(node):
                del node.body[0]
            found[node.name] = ast.unparse(node)
    return found


def results(cases: Iterable[junit.Case], changed: set[str]) -> dict[str, str]:
    """Return the results by test id: all tests that fail, and the changed tests that pass.

    A parametrized test fails if one of its cases does.
    """
    found: dict[str, str] = {}
    for case in cases:
        test = case.id.partition("[")[0]
        if case.failed:
            found[test] = FAILS
        elif test in changed:
            found.setdefault(test, PASSES)
    return found


def _test_files(base: str, exclude: str) -> list[str]:
    """Return the test files that differ, except those added (a) or those deleted (d)."""
    patterns = [f":(glob)tests/{layer}/**/test_*.py" for layer in LAYERS]
    options = ["--name-only", "--relative", "--no-renames", f"--diff-filter={exclude}"]
    return git(*DIFF, *options, base, "HEAD", "--", *patterns).splitlines()


@contextmanager
def _without_the_change(base: str) -> Iterator[Path]:
    """Check out HEAD in a temporary worktree with the app/ of the base."""
    BUILD.mkdir(exist_ok=True)
    git("worktree", "prune")  # what a killed run left
    # The project may be a folder of a larger repository.
    inner = git("rev-parse", "--show-prefix").rstrip("\n")
    with temporary_folder("regression-proof-", BUILD) as home:
        git("worktree", "add", "--quiet", "--detach", home, "HEAD")
        try:
            folder = home / inner
            git("restore", f"--source={base}", "app", folder=folder)
            yield folder
        finally:
            git("worktree", "remove", "--force", home)


def _run(folder: Path, files: list[str]) -> list[junit.Case]:
    report = folder / "report.xml"
    options = ["--continue-on-collection-errors", "--tb=short", f"--junit-xml={report}"]
    # A failure is the hoped-for result here, so GitHub's summary must not report it as one.
    environment = {name: value for name, value in os.environ.items() if name != SUMMARY}
    command = [sys.executable, "-m", "pytest", *files, *options]
    children.run(command, cwd=folder, env=environment)
    return junit.read(report) or [junit.Case(file, failed=True) for file in files]


if __name__ == "__main__":
    end_with(main)
