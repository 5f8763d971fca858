"""The pages as they are written: every question is answered in the same order."""

import re
from pathlib import Path

import pytest

from docs.see_it import DOCS, promises

PAGES = sorted(DOCS.rglob("*.md"))
QUESTIONS = sorted((DOCS / "questions").glob("*.md"))
PARTS = [
    "The wrong answer",
    "In this repository",
    "See it",
    "Break it",
    "Check yourself",
    "Read more",
]
# What shows output is run: a `console` fence. The others are commands, or code to write oneself.
FENCES = {
    "console",
    "sh",
    "python",
    "{diagram}",
    "{excerpt}",
    "{fault}",
    "{lab-table}",
    "{toctree}",
}
# What `make bench` measured in two minutes on one machine, which no other repeats.
MEASURED = DOCS / "scaling.md"


def parts(page: Path) -> list[str]:
    """Return the headings of a page's parts."""
    return re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_question_is_answered_in_order(page: Path) -> None:
    """First the short answer, then the wrong one, and at the end what else there is to read."""
    assert [part for part in parts(page) if part in PARTS] == PARTS


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_question_is_settled_by_something_that_runs(page: Path) -> None:
    """Each page has a command to run, an excerpt of a test, and a fault to plant."""
    text = page.read_text(encoding="utf-8")

    assert promises(page)
    assert "```{excerpt} tests/" in text
    assert "```{fault} " in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_only_what_is_run_shows_output(page: Path) -> None:
    """There is no other block into which output could be pasted."""
    fences = re.findall(r"^ *```(\S*)", page.read_text(encoding="utf-8"), re.MULTILINE)

    allowed = {*FENCES, "text"} if page == MEASURED else FENCES
    assert allowed >= set(fences[::2])
    assert {""} >= set(fences[1::2])
