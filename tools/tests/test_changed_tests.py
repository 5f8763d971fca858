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
        pytest.param(SOURCE.replace("One and one", "The sum"), id="another docstring"),
        pytest.param(SOURCE.replace("assert", "# By hand:\n    assert"), id="a comment"),
        pytest.param(SOURCE.replace("1 + 1", "(1 + 1)"), id="other parentheses"),
        pytest.param(f"import pytest\n\n\n{SOURCE}", id="another place"),
    ],
)
def test_tells_words_from_code(tidied: str) -> None:
    """A test that says the same in other words is no other test."""
    assert changed_tests.tests(tidied) == changed_tests.tests(SOURCE)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(SOURCE.replace("1 + 1", "1 + 2"), id="another body"),
        pytest.param(f"@pytest.mark.slow\n{SOURCE}", id="a decorator"),
    ],
)
def test_sees_a_change(changed: str) -> None:
    """A test that does something else is another test."""
    assert changed_tests.tests(SOURCE) != changed_tests.tests(changed)


def test_looks_at_tests_alone() -> None:
    """Helpers are no tests, and a file that Python cannot read is left to pytest."""
    assert changed_tests.tests("def a_sum() -> int: ...") == {}
    assert changed_tests.tests("def test_adds(") == {}


def test_tells_which_tests_fail() -> None:
    """A test fails without the change when one of its cases does, whichever comes last."""
    cases = [
        Case(MODULE, "test_adds[1]", failed=False),
        Case(MODULE, "test_adds[2]", failed=True),
        Case(MODULE, "test_adds[3]", failed=False),
    ]

    assert changed_tests.results(cases, {f"{FILE}::test_adds"}) == {f"{FILE}::test_adds": FAILS}


def test_leaves_out_what_stands_as_it_was() -> None:
    """A test that passes is told of only if it is new or changed."""
    cases = [Case(MODULE, "test_new", failed=False), Case(MODULE, "test_old", failed=False)]

    assert changed_tests.results(cases, {f"{FILE}::test_new"}) == {f"{FILE}::test_new": PASSES}


def test_tells_of_an_old_test_that_fails() -> None:
    """What the test takes from elsewhere, such as a fixture, may have changed."""
    cases = [Case(MODULE, "test_old", failed=True)]

    assert changed_tests.results(cases, set()) == {f"{FILE}::test_old": FAILS}


def test_tells_of_a_file_that_needs_the_change_to_be_imported() -> None:
    """Such a file says nothing about its single tests."""
    cases = [Case("", MODULE, failed=True)]

    assert changed_tests.results(cases, {f"{FILE}::test_new"}) == {FILE: NO_IMPORT}


def test_reports_one_line_for_each_test() -> None:
    """The table is Markdown, as GitHub's summary wants it."""
    report = changed_tests.report({f"{FILE}::test_b": PASSES, f"{FILE}::test_a": FAILS})

    rows = f"| `{FILE}::test_a` | fails |\n| `{FILE}::test_b` | passes |\n"
    assert f"| --- | --- |\n{rows}" in report


def test_reports_that_nothing_is_new() -> None:
    """No table without a row."""
    assert "|" not in changed_tests.report({})
