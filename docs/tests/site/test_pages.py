"""The source of the guide's pages: each question is answered in the same order."""

import re
from pathlib import Path

import pytest

from docs.check_output import DOCS, read_examples
from tests.support.paths import own_files

PAGES = own_files(DOCS, "**/*.md")
QUESTIONS = own_files(DOCS / "questions", "*.md")
SECTIONS = [
    "The wrong answer",
    "In this repository",
    "See it",
    "Break it",
    "Check yourself",
    "Read more",
]
# Output is shown in a `console` fence alone, which is checked. The others hold commands or code.
FENCES = {
    "console",
    "sh",
    "python",
    "sql",
    "{diagram}",
    "{excerpt}",
    "{fault}",
    "{lab-table}",
    "{toctree}",
}
# Shows what `make bench` measured on one machine in two minutes, which no check can repeat.
MEASUREMENTS = DOCS / "scaling.md"


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: str(page.relative_to(DOCS)))
def test_answers_a_question_in_order(page: Path) -> None:
    """The wrong answer comes first, and further reading last; other sections may come between."""
    headings = re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert [heading for heading in headings if heading in SECTIONS] == SECTIONS


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: str(page.relative_to(DOCS)))
def test_answers_a_question_with_evidence(page: Path) -> None:
    """Each page has a command with its output, an excerpt of a test, and a fault to plant."""
    text = page.read_text(encoding="utf-8")

    assert read_examples(page)
    assert "```{excerpt} tests/" in text or "```{excerpt} tools/tests/" in text
    assert "```{fault} " in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_shows_only_output_that_is_checked(page: Path) -> None:
    """No other kind of fence is allowed, since pasted output would go stale unnoticed."""
    fences = re.findall(r"^ *```(\S*)", page.read_text(encoding="utf-8"), re.MULTILINE)

    allowed = {*FENCES, "text"} if page == MEASUREMENTS else FENCES
    assert set(fences[::2]) <= allowed
    assert set(fences[1::2]) <= {""}
