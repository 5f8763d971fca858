"""What the lab prints."""

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
    """Let the environment speak of a narrow terminal, as that of a CI service may."""
    monkeypatch.setenv("COLUMNS", "40")


def test_a_log_has_whole_names(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody looks on, each row is one line with the whole name, and without colours."""
    terminal.print_matrix(make_results(VERDICTS), list(VERDICTS))

    (row,) = (line for line in capsys.readouterr().out.splitlines() if LONG.name in line)
    assert row.split() == [LONG.name, "accessibility", "unnoticed", "unreached", "timed", "out"]


def test_lists_what_nobody_tried(capsys: pytest.CaptureFixture[str]) -> None:
    """The catalogue has a row for each patch, be there a recorded verdict or not."""
    cells = {cell.key: cell for cell in make_cells({TIDY: [Verdict.ACCEPTED]})}

    terminal.print_catalogue(list(VERDICTS), cells)

    words = capsys.readouterr().out.split()
    assert words[-7:] == [TIDY.name, "time", "accepted", *2 * ["not", "run"]]
    assert LONG.name in words


def test_no_table_is_wider_than_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """All tables fit into a hundred columns."""
    report = make_report(VERDICTS, first=VERDICTS)

    terminal.print_matrix(report.found, report.catalogue)
    terminal.print_analysis(report.analysis)

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_a_grade_sums_up(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts what somebody's tests see, and how often they cry wolf."""
    terminal.print_grade(make_results(VERDICTS), list(VERDICTS))

    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Faults seen: 1 of 1. False alarms: 1 of 1."
