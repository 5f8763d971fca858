"""`python -m lab report`: the files that it reads and writes, and its exit code."""

import argparse
import json
from pathlib import Path

import pytest

from lab import catalogue, report
from lab.results import Verdict
from lab.tests.factories import make_cells, make_patch, make_results, row_of
from tools.common import LAYERS

LATE = make_patch("a-name-that-is-as-long-as-the-longest", topic="accessibility")
EVERYWHERE = [Verdict.CAUGHT, Verdict.CAUGHT, Verdict.CAUGHT]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the report, with a catalogue of one fault."""
    monkeypatch.setattr(report, "PAGE", tmp_path / "report.html")
    monkeypatch.setattr(report, "MARKDOWN", tmp_path / "report.md")
    monkeypatch.setattr(report, "FLAKES", tmp_path)
    monkeypatch.setattr(catalogue, "read_all", lambda: [LATE])
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def chosen(folder: Path, *verdicts: Verdict) -> argparse.Namespace:
    """Return the arguments for a report on these verdicts."""
    file = folder / "results.json"
    make_results(make_cells({LATE: verdicts}), *LAYERS).save(file)
    return argparse.Namespace(results=[file])


def test_writes_the_page_and_prints_its_path(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The path is on the last line, after all tables."""
    status = report.main(chosen(folder, *EVERYWHERE))

    assert status == 0
    assert (folder / "report.html").read_text().startswith("<!doctype html>")
    assert (folder / "report.md").read_text().startswith("# What is each layer worth?")
    assert capsys.readouterr().out.endswith(f"The report is in {folder / 'report.html'}\n")


def test_no_line_is_longer_than_a_hundred_columns(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are not folded in a log, even if a CI service sets COLUMNS to a narrow width."""
    monkeypatch.setenv("COLUMNS", "40")

    report.main(chosen(folder, *EVERYWHERE))

    *tables, _page = capsys.readouterr().out.splitlines()
    assert [line.split() for line in tables if LATE.name in line] == [
        [LATE.name, "accessibility", "caught", "caught", "caught"]
    ]
    assert max(map(len, tables)) <= 100


def test_appends_to_the_summary_of_a_job(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub, earlier steps of the job may have written to the summary."""
    summary = folder / "summary.md"
    summary.write_text("Before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    report.main(chosen(folder, *EVERYWHERE))

    assert summary.read_text() == "Before.\n" + (folder / "report.md").read_text()


def test_an_unstable_verdict_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is written, the exit code is 1, and the last line names the patch."""
    status = report.main(chosen(folder, Verdict.CAUGHT, Verdict.UNSTABLE, Verdict.CAUGHT))

    assert status == 1
    assert capsys.readouterr().err == f"{LATE.name}: unstable\n"


def test_reads_the_counts_of_flaky_runs(folder: Path) -> None:
    """`make flake` writes a file for each layer."""
    counts = {"executions": 2, "failures": 1}
    for layer in LAYERS:
        (folder / f"{layer}.json").write_text(json.dumps(counts))

    report.main(chosen(folder, *EVERYWHERE))

    markdown = (folder / "report.md").read_text()
    assert row_of(markdown, "failed without a fault") == 3 * ["1 of 2<br>at most 97.47 %"]
