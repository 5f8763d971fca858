"""`python -m tools.regression_proof BASE`: whether changed tests fail without the change of app/.

Looks at what was committed since the branch left BASE. Runs the test files that were added or
changed, as they are now, with app/ as it was before. Informs only: exit code 0 whatever the tests
do; 2: there is no such BASE.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import changed_tests, junit
from tools.common import BUILD, LAYERS, ROOT, ToolError

SUMMARY = "GITHUB_STEP_SUMMARY"
NOT_RUN = "could not be run, as the output tells"


def main() -> None:
    """Print the results, for GitHub too where it runs this; exit with 2 when there is no BASE."""
    parser = argparse.ArgumentParser(prog="python -m tools.regression_proof", description=__doc__)
    parser.add_argument("base", metavar="BASE", help="a branch or a commit")
    try:
        proof = _proof(_merge_base(parser.parse_args().base))
    except ToolError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    print(proof)
    if file := os.environ.get(SUMMARY):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(f"{proof}\n")


def _merge_base(base: str) -> str:
    try:
        return _git("merge-base", base, "HEAD").strip()
    except subprocess.CalledProcessError as error:
        raise ToolError(
            f"Cannot compare {base!r} with HEAD: {error.stderr.strip() or 'they share no commit'}."
            " Type the name of a branch, such as: make regression-proof BASE=origin/main"
        ) from error


def _proof(base: str) -> str:
    """Return what the changed tests do without the change, as Markdown."""
    if not _git("diff", "--name-only", base, "HEAD", "--", "app"):
        return "No regression proof: app/ did not change."
    if not _test_files(base, "d"):
        return "No regression proof: no test was added or changed."
    changed = _changed_tests(base)
    results: dict[str, str] = {}
    with _without_the_change(base) as folder:
        for layer in LAYERS:
            files = [file for file in _test_files(base, "d") if file.startswith(f"tests/{layer}/")]
            if files:
                results |= _results(folder, files, changed)
    return changed_tests.report(results)


def _results(folder: Path, files: list[str], changed: set[str]) -> dict[str, str]:
    cases = _run(folder, files)
    return changed_tests.results(cases, changed) if cases else dict.fromkeys(files, NOT_RUN)


def _changed_tests(base: str) -> set[str]:
    """Return the addresses of the tests that no file contained before."""
    before = {
        code
        for file in _test_files(base, "a")
        for code in changed_tests.tests(_git("show", f"{base}:{file}")).values()
    }
    return {
        f"{file}::{name}"
        for file in _test_files(base, "d")
        for name, code in changed_tests.tests(_git("show", f"HEAD:{file}")).items()
        if code not in before
    }


def _test_files(base: str, but: str) -> list[str]:
    """Return the test files that differ, but those added (a) or those deleted (d)."""
    patterns = [f":(glob)tests/{layer}/**/test_*.py" for layer in LAYERS]
    options = ["--name-only", "--no-renames", f"--diff-filter={but}"]
    return _git("diff", *options, base, "HEAD", "--", *patterns).splitlines()


@contextmanager
def _without_the_change(base: str) -> Iterator[Path]:
    """Check HEAD out into a folder of its own, with the app/ of the base."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="regression-proof-", dir=BUILD) as folder:
        _git("worktree", "add", "--quiet", "--detach", folder, "HEAD")
        try:
            _git("-C", folder, "restore", f"--source={base}", "app")
            yield Path(folder)
        finally:
            _git("worktree", "remove", "--force", folder)


def _run(folder: Path, files: list[str]) -> list[junit.Case]:
    report = folder / "report.xml"
    options = ["--continue-on-collection-errors", "--tb=short", f"--junit-xml={report}"]
    # A failure is what is hoped for here, so it is not to be told as one in GitHub's summary.
    environment = {name: value for name, value in os.environ.items() if name != SUMMARY}
    command = [sys.executable, "-m", "pytest", *files, *options]
    subprocess.run(command, cwd=folder, env=environment, check=False)
    return junit.read(report)


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
