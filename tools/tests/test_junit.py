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
def test_reads_the_results_of_a_report(outcome: str, failed: bool, tmp_path: Path) -> None:
    """A test counts as failed if it fails or if its fixtures fail."""
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(outcome=outcome))

    cases = junit.read(report)

    assert cases == [
        Case("tests.unit.test_sum", "test_adds[1]", failed=False),
        Case("tests.unit.test_sum", "test_adds[2]", failed=failed),
    ]


def test_a_missing_report_has_no_tests(tmp_path: Path) -> None:
    """Without a report, pytest could not start."""
    assert junit.read(tmp_path / "report.xml") == []
