"""`python -m lab report`: the results at the terminal, as a page and as Markdown."""

import argparse
import json
import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from lab import catalogue, figures, results, tables, terminal
from lab.analysis import Analysis, Matrix, Share, analyse
from lab.catalogue import LAB, TOPICS, Kind, Patch
from lab.headline import first_together, headline
from lab.results import RED, Results, Verdict
from tools.common import BUILD, LAYERS

PAGE = BUILD / "lab" / "report.html"
MARKDOWN = PAGE.with_suffix(".md")
FLAKES = BUILD / "flake"
MARKUP = re.compile(r"([\\`*_\[\]<>|&~#])")


@dataclass(frozen=True, slots=True)
class Report:
    """The results and their analysis, rendered by templates."""

    found: Results
    catalogue: list[Patch]
    analysis: Analysis

    def page(self) -> str:
        """Return one self-contained HTML page."""
        return self._render("report.html.j2")

    def markdown(self) -> str:
        """Return the tables in Markdown, for the summary of a job on GitHub."""
        return self._render("report.md.j2")

    def _render(self, name: str) -> str:
        template = _templates().get_template(name)
        tried = Matrix(self.found.cells, self.catalogue).patches
        return template.render(
            report=self,
            headline=headline(self.analysis),
            tables=tables,
            figures=figures,
            analysis=self.analysis,
            first_together=first_together(self.analysis),
            patches={kind: [one for one in tried if one.kind == kind] for kind in Kind},
            titles={patch.name: patch.title for patch in self.catalogue},
            cells={(cell.patch, cell.layer): cell for cell in self.found.cells},
            kinds=Kind,
            topics=TOPICS,
            verdicts=list(Verdict),
            red=RED,
        )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(LAB / "templates"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"word": tables.word, "literally": literally}
    return environment


def main(chosen: argparse.Namespace) -> int:
    """Report on the given results, or on the latest; return 1 if a verdict is unstable."""
    report = report_on(results.load(chosen.results or [results.LATEST]), catalogue.read_all())
    terminal.print_matrix(report.found, report.catalogue)
    terminal.print_analysis(report.analysis)
    _write(report)
    print(f"\nThe report is in {PAGE}")
    for name in report.analysis.unstable:
        print(f"{name}: unstable", file=sys.stderr)
    return 1 if report.analysis.unstable else 0


def report_on(found: Results, patches: list[Patch]) -> Report:
    """Combine the results with those of the first run, and of runs without a fault."""
    first = results.read_first_run(results.FIRST)
    return Report(found, patches, analyse(found, patches, first, _flakes()))


def literally(text: str) -> str:
    """Escape text for one cell of a Markdown table."""
    return MARKUP.sub(r"\\\1", text).replace("\n", "<br>")


def _flakes() -> dict[str, Share]:
    """Return the failures that `make flake` counted, for each layer that it repeated."""
    files = [FLAKES / f"{layer}.json" for layer in LAYERS]
    counts = {file.stem: json.loads(file.read_text()) for file in files if file.exists()}
    return {layer: Share(one["failures"], one["executions"]) for layer, one in counts.items()}


def _write(report: Report) -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(report.page(), encoding="utf-8")
    MARKDOWN.write_text(report.markdown(), encoding="utf-8")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.markdown())
