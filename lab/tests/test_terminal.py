"""What the lab prints at a terminal, or into a log."""

import pytest

from lab import terminal
from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.results_factory import make_cells, make_patch, make_report, make_results

LONG = make_patch("a-name-that-is-as-long-as-the-longest", topic="accessibility")
TIDY = make_patch("tidy", Kind.REFACTORING)
VERDICTS = {
    LONG: [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.TIMED_OUT],
    TIDY: [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.FALSE_ALARM],
}


@pytest.fixture(autouse=True)
def narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set COLUMNS to a narrow width, as a CI service may."""
    monkeypatch.setenv("COLUMNS", "40")


def test_a_log_has_one_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal, names are not folded and there are no colours."""
    terminal.print_matrix(make_results(VERDICTS), list(VERDICTS))

    (row,) = (line for line in capsys.readouterr().out.splitlines() if LONG.name in line)
    assert row.split() == [LONG.name, "accessibility", "unnoticed", "unreached", "timed", "out"]


def test_lists_patches_without_a_recorded_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """The catalogue has a row for each patch, whether or not it was tried."""
    cells = {cell.key: cell for cell in make_cells({TIDY: [Verdict.ACCEPTED]})}

    terminal.print_catalogue(list(VERDICTS), cells)

    words = capsys.readouterr().out.split()
    assert words[-7:] == [TIDY.name, "time", "accepted", *2 * ["not", "run"]]
    assert LONG.name in words


def test_no_line_is_longer_than_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Logs and terminals of this width show all tables without wrapping."""
    report = make_report(VERDICTS, first=VERDICTS)

    terminal.print_matrix(report.found, report.catalogue)
    terminal.print_analysis(report.analysis)

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_a_grade_ends_with_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts the faults that were seen, and the false alarms."""
    terminal.print_grade(make_results(VERDICTS), list(VERDICTS))

    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Faults seen: 1 of 1. False alarms: 1 of 1."
