"""What the lab prints at a terminal, or into a log."""

import pytest

from lab import terminal
from lab.results import Verdict
from lab.tests.factories import make_patch, make_report

LONG = make_patch("a-name-that-is-as-long-as-the-longest", topic="accessibility")
VERDICTS = {LONG: [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.TIMED_OUT]}


@pytest.fixture(autouse=True)
def narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set COLUMNS to a narrow width, as a CI service may."""
    monkeypatch.setenv("COLUMNS", "40")


def test_a_log_has_one_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal, names are not folded and there are no colours."""
    terminal.print_matrix(make_report(VERDICTS).found, list(VERDICTS))

    (row,) = (line for line in capsys.readouterr().out.splitlines() if LONG.name in line)
    assert row.split() == [LONG.name, "accessibility", "unnoticed", "unreached", "timed", "out"]


def test_no_line_is_longer_than_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Logs and terminals of this width show all tables without wrapping."""
    report = make_report(VERDICTS, first=VERDICTS)

    terminal.print_matrix(report.found, report.catalogue)
    terminal.print_analysis(report.analysis)

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100
