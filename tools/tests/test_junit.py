from pathlib import Path

import pytest

from tools import junit
from tools.junit import Case

REPORT = """\
<testsuites><testsuite name="pytest">
  <testcase classname="tests.unit.test_sum" name="test_adds[1]"/>
  <testcase classname="tests.unit.test_sum" name="test_adds[2]">{outcome}</testcase>
</testsuite></testsuites>
"""


@pytest.mark.parametrize(
    ("outcome", "failed"),
    [
        ("", False),
        ("<system-out/>", False),
        ("<failure message='assert'/>", True),
        ("<error message='failed on setup'/>", True),
    ],
)
def test_reads_the_tests_of_a_report(outcome: str, failed: bool, tmp_path: Path) -> None:
    """A test failed if it broke, or what it needs could not be set up."""
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(outcome=outcome))

    cases = junit.read(report)

    assert cases == [
        Case("tests.unit.test_sum", "test_adds[1]", failed=False),
        Case("tests.unit.test_sum", "test_adds[2]", failed=failed),
    ]


def test_reads_nothing_where_no_test_ran(tmp_path: Path) -> None:
    """When pytest cannot start, it writes no report."""
    assert junit.read(tmp_path / "report.xml") == []
