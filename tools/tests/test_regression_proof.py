from pathlib import Path

import pytest

from tools import junit, regression_proof
from tools.junit import Case
from tools.regression_proof import FAILS, PASSES

TEST = "tests/unit/test_sum.py::test_adds"
SOURCE = 'def test_adds() -> None:\n    """One and one is two."""\n    assert 2 == 1 + 1\n'
REPORT = """\
<testsuites><testsuite name="pytest">
  <testcase classname="tests.unit.test_sum" name="test_adds[1]"><system-out/></testcase>
  <testcase classname="tests.unit.test_sum" name="test_adds[2]"><failure/></testcase>
  <testcase classname="tests.unit.test_sum" name="test_adds[3]"><error/></testcase>
  <testcase classname="" name="tests.unit.test_product"><error/></testcase>
</testsuite></testsuites>
"""


def test_ignores_comments_and_formatting() -> None:
    """A test whose code is the same has not changed."""
    tidied = SOURCE.replace("One and one", "The sum").replace("1 + 1", "(1 + 1)  # by hand")

    assert regression_proof.tests(tidied) == regression_proof.tests(SOURCE)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(SOURCE.replace("1 + 1", "1 + 2"), id="a different body"),
        pytest.param(f"@pytest.mark.slow\n{SOURCE}", id="a decorator"),
    ],
)
def test_detects_changed_code(changed: str) -> None:
    """A different body or a new decorator makes a different test."""
    assert regression_proof.tests(changed) != regression_proof.tests(SOURCE)


def test_a_parametrized_test_fails_with_any_of_its_cases() -> None:
    """The order of the cases makes no difference."""
    cases = [Case(f"{TEST}[{number}]", failed=number == 2) for number in (1, 2, 3)]

    assert regression_proof.results(cases, {TEST}) == {TEST: FAILS}


def test_omits_unchanged_tests_that_pass() -> None:
    """An unchanged test that fails is reported: a fixture that it uses may have changed."""
    cases = [Case("new", failed=False), Case("old", failed=False), Case("broken", failed=True)]

    assert regression_proof.results(cases, {"new"}) == {"new": PASSES, "broken": FAILS}


def test_reads_the_results_of_a_report(tmp_path: Path) -> None:
    """A test fails if its fixtures fail; a module that cannot be imported fails as a file."""
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    cases = junit.read(report)

    assert cases == [
        Case(f"{TEST}[1]", failed=False),
        Case(f"{TEST}[2]", failed=True),
        Case(f"{TEST}[3]", failed=True),
        Case("tests/unit/test_product.py", failed=True),
    ]
