"""What `python -m lab report` reads, writes and answers."""

import argparse
import json
from pathlib import Path

import pytest

from lab import catalogue, report
from lab.results import Verdict
from lab.tests.results_factory import cells_of, make_patch, make_results
from tools.common import LAYERS, ToolError

LATE = make_patch("late")
EVERYWHERE = [Verdict.CAUGHT, Verdict.CAUGHT, Verdict.CAUGHT]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for the report, and let the catalogue be one fault."""
    monkeypatch.setattr(report, "PAGE", tmp_path / "report.html")
    monkeypatch.setattr(report, "MARKDOWN", tmp_path / "report.md")
    monkeypatch.setattr(report, "FLAKES", tmp_path)
    monkeypatch.setattr(catalogue, "read_all", lambda: [LATE])
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def chosen(folder: Path, *verdicts: Verdict) -> argparse.Namespace:
    """Return the arguments that ask for a report on these verdicts."""
    file = folder / "results.json"
    make_results({LATE: verdicts}).save(file)
    return argparse.Namespace(results=[file])


def test_writes_the_page_and_says_where(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page and its Markdown are files, and the terminal names the page last."""
    status = report.main(chosen(at_home, *EVERYWHERE))

    assert status == 0
    assert (at_home / "report.html").read_text().startswith("<!doctype html>")
    assert (at_home / "report.md").read_text().startswith("# What is each layer worth?")
    assert capsys.readouterr().out.endswith(f"The page: {at_home / 'report.html'}\n")


def test_adds_to_the_summary_of_a_job(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub the Markdown follows what the summary says already."""
    summary = at_home / "summary.md"
    summary.write_text("Before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    report.main(chosen(at_home, *EVERYWHERE))

    assert summary.read_text() == "Before.\n" + (at_home / "report.md").read_text()


def test_an_unstable_verdict_is_an_error(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is made, its exit code is 1, and the last line names the patch."""
    status = report.main(chosen(at_home, Verdict.CAUGHT, Verdict.UNSTABLE, Verdict.CAUGHT))

    assert status == 1
    assert capsys.readouterr().err == "late: unstable\n"


@pytest.mark.parametrize("content", ["", "[]", "{}"], ids=["empty", "a list", "no counts"])
def test_refuses_what_is_no_count(at_home: Path, content: str) -> None:
    """A file in the place of the counts that holds none is named."""
    (at_home / "unit.json").write_text(content)

    with pytest.raises(ToolError, match=r"unit\.json holds no count of failures"):
        report.main(chosen(at_home, *EVERYWHERE))


def test_reads_what_was_counted(at_home: Path) -> None:
    """The counts that `make flake` left are in the report."""
    counts = {"executions": 2, "failures": 1}
    for layer in LAYERS:
        (at_home / f"{layer}.json").write_text(json.dumps(counts))

    report.main(chosen(at_home, *EVERYWHERE))

    markdown = (at_home / "report.md").read_text()
    assert cells_of(markdown, "failed without a fault") == 3 * ["1 of 2<br>at most 97.47 %"]
