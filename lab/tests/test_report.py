"""What the lab's report says, as a page and as Markdown."""

import pytest

from lab import report
from lab.analysis import Share, analyse
from lab.catalogue import Kind
from lab.results import Cell, Results, Verdict
from lab.tests.results_factory import FACTS, cells_of, make_patch, make_report

LATE = make_patch("late")
EARLY = make_patch("early")
TIDY = make_patch("tidy", Kind.REFACTORING)
EVERYWHERE = [Verdict.CAUGHT, Verdict.CAUGHT, Verdict.CAUGHT]
NOWHERE = [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.UNREACHED]
CALM = [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ACCEPTED]


def test_a_title_is_text() -> None:
    """Markup in a title is shown, and does nothing."""
    patch = make_patch("late", title="<script>alert(1)</script>")

    page = make_report({patch: EVERYWHERE}).page()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_a_test_said_is_text() -> None:
    """Markup in the message of an assertion is shown, and does nothing."""
    said = "assert '<b>' == '<i>'"
    cell = Cell(Kind.FAULT, "late", "unit", Verdict.CAUGHT, message=said)
    found = Results([cell], {"unit": FACTS["unit"]}, 1.0, "A server")

    page = report.Report(found, [LATE], analyse(found, [LATE], {}, {})).page()

    assert "assert &#39;&lt;b&gt;&#39; == &#39;&lt;i&gt;&#39;" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain, 5 %", "plain, 5 %", id="nothing special"),
        pytest.param("a|b", r"a\|b", id="the border of a cell"),
        pytest.param("<b>&amp;", r"\<b\>\&amp;", id="markup"),
        pytest.param("_a_ [b] `c`", r"\_a\_ \[b\] \`c\`", id="emphasis, link, code"),
        pytest.param("two\nlines", "two<br>lines", id="lines"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, shown: str) -> None:
    """No character of a cell means anything to Markdown."""
    result = report.literally(text)

    assert result == shown


def test_the_markdown_has_one_row_for_each_patch() -> None:
    """Each fault and each refactoring stands once in the matrix, with a word for each layer."""
    markdown = make_report({LATE: NOWHERE, EARLY: EVERYWHERE, TIDY: CALM}).markdown()

    assert cells_of(markdown, "late") == ["time", "unnoticed", "unreached", "unreached"]
    assert cells_of(markdown, "early") == ["time", "caught", "caught", "caught"]
    assert cells_of(markdown, "tidy") == ["time", "accepted", "accepted", "accepted"]


def test_the_page_tells_the_story_of_each_patch() -> None:
    """Every patch has its place on the page, with who suffers and what was changed."""
    patch = make_patch("late", suffers="Whoever was on time.")

    page = make_report({patch: NOWHERE, TIDY: CALM}).page()

    assert '<tbody id="late"' in page
    assert '<tbody id="tidy"' in page
    assert "Whoever was on time." in page
    assert "<ins>+    return todo.due &lt;= today\n</ins>" in page


def test_the_first_run_leads() -> None:
    """The headline is what the layers saw before a test was added, then what they see today."""
    result = make_report(
        {LATE: EVERYWHERE, EARLY: EVERYWHERE},
        first={LATE: NOWHERE, EARLY: [Verdict.UNNOTICED, Verdict.CAUGHT, Verdict.BROKE]},
    ).markdown()

    assert (
        "This suite, as written, in its first run: unit tests saw 0 of 2 planted faults,"
        " integration tests 1, browser tests 1; together 1." in result
    )
    assert (
        "Today: unit tests see 2 of 2 planted faults, integration tests 2, browser tests 2;"
        " together 2." in result
    )


def test_names_the_cheapest_set() -> None:
    """Among the sets of layers that see most, the quickest stands in the headline."""
    only_elsewhere = [Verdict.UNNOTICED, Verdict.CAUGHT, Verdict.CAUGHT]

    result = make_report({LATE: EVERYWHERE, EARLY: only_elsewhere}).markdown()

    assert "sees all that any layer sees is integration: 40.0 s for a whole run" in result


def test_says_what_a_layer_adds() -> None:
    """To add a layer to others brings the faults that they do not see, and costs its seconds."""
    only_in_a_browser = [Verdict.UNNOTICED, Verdict.UNREACHED, Verdict.CAUGHT]

    result = make_report({LATE: EVERYWHERE, EARLY: only_in_a_browser}).markdown()

    additions = result.partition("## What a layer adds")[2].partition("##")[0]
    assert cells_of(additions, "unit + integration") == ["", "", "+1<br>in 60.0 s"]


def test_a_first_run_may_be_missing() -> None:
    """Where no first run is recorded, the report says so and speaks of today."""
    result = make_report({LATE: EVERYWHERE}).markdown()

    assert "This suite, as written: unit tests see 1 of 1 planted faults" in result
    assert "No first run is recorded." in result
    assert cells_of(result, "faults seen, first run") == 3 * ["no record"]


def test_layers_that_were_not_run_are_left_out() -> None:
    """A report on one layer speaks of no other."""
    result = make_report({LATE: EVERYWHERE, TIDY: CALM}, layers=["unit"]).page()

    assert "This suite, as written: unit tests see 1 of 1 planted faults.</p>" in result
    assert "browser tests" not in result


def test_a_cell_may_be_missing() -> None:
    """A fault that only one layer has met is marked as not run by the others."""
    result = make_report({LATE: EVERYWHERE, EARLY: [Verdict.CAUGHT]}).markdown()

    assert cells_of(result, "early") == ["time", "caught", "not run", "not run"]


def test_no_fault_is_a_result_too() -> None:
    """When only refactorings were tried, nothing is said about faults."""
    result = make_report({TIDY: CALM})

    assert "No fault was planted in this run." in result.markdown()
    assert '<h2 id="the_faults">' not in result.page()


def test_tells_how_often_a_layer_fails_without_a_fault() -> None:
    """What was counted stands there with its upper bound; what was not, with the command."""
    result = make_report({LATE: EVERYWHERE}, flakes={"unit": Share(0, 300)}).markdown()

    counts = cells_of(result, "failed without a fault")
    assert counts == ["0 of 300<br>at most 0.99 %", "not counted", "not counted"]
    assert "type: make flake LAYER=integration" in result
