"""The content of the lab's report, as a page and as Markdown."""

import pytest

from lab import report
from lab.analysis import Share
from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.factories import make_patch, make_report, row_of

LATE = make_patch("late")
EARLY = make_patch("early")
TIDY = make_patch("tidy", Kind.REFACTORING)
EVERYWHERE = [Verdict.CAUGHT, Verdict.CAUGHT, Verdict.CAUGHT]
NOWHERE = [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.UNREACHED]
CALM = [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ACCEPTED]


def test_escapes_markup_in_a_title() -> None:
    """The page shows it as text."""
    patch = make_patch("late", title="<script>alert(1)</script>")

    page = make_report({patch: EVERYWHERE}).page()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a|b", r"a\|b", id="cell border"),
        pytest.param("<b>&amp;", r"\<b\>\&amp;", id="markup"),
        pytest.param("_a_ [b] `c`", r"\_a\_ \[b\] \`c\`", id="emphasis, link, code"),
        pytest.param("two\nlines", "two<br>lines", id="lines"),
    ],
)
def test_escapes_markdown(text: str, shown: str) -> None:
    """Markdown shows every character of a cell as it is."""
    assert report.literally(text) == shown


def test_the_markdown_has_a_row_for_each_patch() -> None:
    """A row has the topic, and the verdict of each layer; some may not have tried the patch."""
    markdown = make_report({LATE: NOWHERE, EARLY: [Verdict.CAUGHT], TIDY: CALM}).markdown()

    assert row_of(markdown, "late") == ["time", "unnoticed", "unreached", "unreached"]
    assert row_of(markdown, "early") == ["time", "caught", "not run", "not run"]
    assert row_of(markdown, "tidy") == ["time", "accepted", "accepted", "accepted"]


def test_the_page_describes_each_patch() -> None:
    """The page has the header of every patch, and its diff."""
    page = make_report({LATE: NOWHERE, TIDY: CALM}).page()

    assert '<tbody id="late"' in page
    assert '<tbody id="tidy"' in page
    assert "Every user." in page
    assert "<ins>+    return price &lt;= limit\n</ins>" in page


def test_the_headline_begins_with_the_first_run() -> None:
    """The verdicts before any test was added come before those of today."""
    result = make_report(
        {LATE: EVERYWHERE, EARLY: EVERYWHERE},
        first={LATE: NOWHERE, EARLY: [Verdict.UNNOTICED, Verdict.CAUGHT, Verdict.BROKE]},
    ).markdown()

    assert (
        "This suite, as written, in its first run: unit tests saw 0 of 2 planted faults,"
        " integration tests 1, browser tests 1; together 1." in result
    )
    assert "Today: unit tests see 2 of 2 planted faults, integration tests 2, " in result


def test_shows_what_a_layer_adds_to_others() -> None:
    """A layer adds the faults that the others do not see, and its own seconds."""
    only_in_a_browser = [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.CAUGHT]

    result = make_report({LATE: EVERYWHERE, EARLY: only_in_a_browser}).markdown()

    assert "that any layer sees is e2e: 60.0 s for a whole run" in result
    additions = result.partition("## What a layer adds")[2].partition("##")[0]
    assert row_of(additions, "unit + integration") == ["", "", "+1<br>in 60.0 s"]


def test_reports_without_a_first_run() -> None:
    """If no first run is recorded, the headline is about today."""
    result = make_report({LATE: EVERYWHERE}).markdown()

    assert "This suite, as written: unit tests see 1 of 1 planted faults" in result
    assert "No first run is recorded." in result
    assert row_of(result, "faults seen, first run") == 3 * ["no record"]


def test_leaves_out_layers_that_were_not_run() -> None:
    """A report on one layer does not mention the others."""
    result = make_report({LATE: EVERYWHERE, TIDY: CALM}, layers=["unit"]).page()

    assert "This suite, as written: unit tests see 1 of 1 planted faults.</p>" in result
    assert "browser tests" not in result


def test_reports_on_refactorings_alone() -> None:
    """If no fault was planted, the page has no section about faults."""
    result = make_report({TIDY: CALM})

    assert "No fault was planted in this run." in result.markdown()
    assert '<h2 id="the_faults">' not in result.page()


def test_shows_how_often_a_layer_fails_without_a_fault() -> None:
    """A count has its upper bound; for a layer without a count the note has the command."""
    result = make_report({LATE: EVERYWHERE}, flakes={"unit": Share(0, 300)}).markdown()

    counts = row_of(result, "failed without a fault")
    assert counts == ["0 of 300<br>at most 0.99 %", "not counted", "not counted"]
    assert "Type: make flake LAYER=integration" in result
