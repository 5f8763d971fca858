import pytest

from tools import changed_tests
from tools.changed_tests import FAILS, NO_IMPORT, PASSES
from tools.junit import Case

MODULE = "tests.unit.test_sum"
FILE = "tests/unit/test_sum.py"
SOURCE = 'def test_adds() -> None:\n    """One and one is two."""\n    assert 2 == 1 + 1\n'


@pytest.mark.parametrize(
    "tidied",
    [
        pytest.param(SOURCE.replace("One and one", "The sum"), id="a different docstring"),
        pytest.param(SOURCE.replace("assert", "# By hand:\n    assert"), id="a comment"),
        pytest.param(SOURCE.replace("1 + 1", "(1 + 1)"), id="different parentheses"),
        pytest.param(f"import pytest\n\n\n{SOURCE}", id="a different line"),
    ],
)
def test_ignores_comments_and_formatting(tidied: str) -> None:
    """A test whose code is the same has not changed."""
    assert changed_tests.tests(tidied) == changed_tests.tests(SOURCE)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(SOURCE.replace("1 + 1", "1 + 2"), id="a different body"),
        pytest.param(f"@pytest.mark.slow\n{SOURCE}", id="a decorator"),
    ],
)
def test_detects_changed_code(changed: str) -> None:
    """A different body or a new decorator makes a different test."""
    assert changed_tests.tests(SOURCE) != changed_tests.tests(changed)


def test_ignores_everything_but_tests() -> None:
    """Helpers are not tests, and pytest reports a file with a syntax error."""
    assert changed_tests.tests("def a_sum() -> int: ...") == {}
    assert changed_tests.tests("def test_adds(") == {}


def test_a_parametrized_test_fails_with_any_of_its_cases() -> None:
    """The order of the cases makes no difference."""
    cases = [
        Case(MODULE, "test_adds[1]", failed=False),
        Case(MODULE, "test_adds[2]", failed=True),
        Case(MODULE, "test_adds[3]", failed=False),
    ]

    assert changed_tests.results(cases, {f"{FILE}::test_adds"}) == {f"{FILE}::test_adds": FAILS}


def test_omits_unchanged_tests_that_pass() -> None:
    """A test that passes is reported only if it is new or changed."""
    cases = [Case(MODULE, "test_new", failed=False), Case(MODULE, "test_old", failed=False)]

    assert changed_tests.results(cases, {f"{FILE}::test_new"}) == {f"{FILE}::test_new": PASSES}


def test_reports_an_unchanged_test_that_fails() -> None:
    """Its own code is the same, but something that it uses, such as a fixture, may have changed."""
    cases = [Case(MODULE, "test_old", failed=True)]

    assert changed_tests.results(cases, set()) == {f"{FILE}::test_old": FAILS}


def test_reports_a_module_that_cannot_be_imported() -> None:
    """The result is that of the file, because none of its tests could run."""
    cases = [Case("", MODULE, failed=True)]

    assert changed_tests.results(cases, {f"{FILE}::test_new"}) == {FILE: NO_IMPORT}


def test_the_report_has_one_row_for_each_test() -> None:
    """The table is Markdown, the format of GitHub's job summary."""
    report = changed_tests.report({f"{FILE}::test_b": PASSES, f"{FILE}::test_a": FAILS})

    rows = f"| `{FILE}::test_a` | fails |\n| `{FILE}::test_b` | passes |\n"
    assert f"| --- | --- |\n{rows}" in report


def test_a_report_without_results_has_no_table() -> None:
    """One sentence replaces a table that would have no rows."""
    assert "|" not in changed_tests.report({})
