"""The lab's report, opened from disk where there is no network."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.factories import make_patch, make_report
from tests.support.axe import find_violations
from tests.support.browser import NewContext

CAUGHT, UNNOTICED, UNREACHED = Verdict.CAUGHT, Verdict.UNNOTICED, Verdict.UNREACHED
LATE = make_patch("late-by-a-day")
ANYONES = make_patch("anyones-list", topic="ownership", source="https://example.org/issues/1")
NO_LABEL = make_patch("no-label-at-all", topic="accessibility", lesson="Ask for the role.")
VERDICTS = {
    LATE: [CAUGHT, CAUGHT, UNNOTICED],
    ANYONES: [UNNOTICED, CAUGHT, UNREACHED],
    NO_LABEL: [UNREACHED, UNREACHED, UNREACHED],
    make_patch("tidied-up", Kind.REFACTORING): [Verdict.ACCEPTED, Verdict.FALSE_ALARM, CAUGHT],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a report on three faults and one refactoring."""
    file = tmp_path / "report.html"
    file.write_text(make_report(VERDICTS, first=VERDICTS).page(), encoding="utf-8")
    return file


@pytest.fixture
def offline(new_context: NewContext) -> Page:
    """Open an empty page in a window that has no network."""
    context = new_context(reduced_motion="reduce")
    context.set_offline(True)
    return context.new_page()


@pytest.fixture
def report(offline: Page, file: Path) -> Page:
    """Open the report."""
    offline.goto(file.as_uri())
    return offline


def test_loads_no_other_file(offline: Page, file: Path) -> None:
    """The report is one file: the page requests nothing else."""
    requests: list[str] = []
    offline.on("request", lambda request: requests.append(request.url))

    offline.goto(file.as_uri())

    expect(fault_titles(offline)).to_have_count(3)
    assert requests == [file.as_uri()]


def test_violates_no_accessibility_rule(report: Page) -> None:
    """Axe finds no violation in any look, with one story open and the others closed."""
    report.get_by_role("button", name="Anyones list").click()
    # The sticky head of the table may cover half a row, which axe reports as too small a target.
    report.evaluate("scrollTo(0, 0)")

    violations = find_violations(report)

    assert violations == [], "\n\n".join(violations)


@pytest.mark.parametrize("width", [320, 640], ids=["400 %", "200 %"])
def test_fits_a_narrow_window(report: Page, width: int) -> None:
    """Tables and diffs need no sideways scrolling when a window of 1280 pixels is enlarged."""
    report.set_viewport_size({"width": width, "height": 360})

    report.get_by_role("button", name="Anyones list").click()

    expect(story(report, "anyones-list")).to_be_visible()
    assert report.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(
    ("clicks", "order", "titles"),
    [
        (1, "ascending", ["Anyones list", "Late by a day", "No label at all"]),
        (2, "descending", ["No label at all", "Late by a day", "Anyones list"]),
    ],
)
def test_sorts_by_a_column(report: Page, clicks: int, order: str, titles: list[str]) -> None:
    """A click on a column's head sorts by that column; a second one reverses the order."""
    column = report.get_by_role("columnheader", name="fault", exact=True)

    column.get_by_role("button").click(click_count=clicks)

    expect(column).to_have_attribute("aria-sort", order)
    expect(fault_titles(report)).to_have_text(titles)


def test_sorts_verdicts_from_caught_to_missed(report: Page) -> None:
    """A layer's column starts with what the layer caught, and no other column stays marked."""
    report.get_by_role("columnheader", name="fault", exact=True).get_by_role("button").click()

    report.get_by_role("table", name="The faults").get_by_role("button", name="unit").click()

    expect(fault_titles(report)).to_have_text(["Late by a day", "Anyones list", "No label at all"])
    expect(report.locator("[aria-sort]")).to_have_text("unit")


@pytest.mark.parametrize(
    ("label", "option", "title"),
    [("Topic", "Ownership", "Anyones list"), ("Red in", "no layer", "No label at all")],
)
def test_filters_by_topic_and_layers(report: Page, label: str, option: str, title: str) -> None:
    """Only the matching faults remain, and the status line counts them."""
    report.get_by_label(label).select_option(option)

    expect(fault_titles(report)).to_have_text([title])
    expect(report.get_by_role("status")).to_have_text("1 of 4 shown")


def test_filters_by_words(report: Page) -> None:
    """The words may be in a closed story, in any order and in any case."""
    report.get_by_label("Words").fill("ROLE user")

    expect(fault_titles(report)).to_have_text(["No label at all"])


def test_opens_a_story_by_keyboard(report: Page) -> None:
    """Enter on a title opens its story, and the button is marked as expanded."""
    title = report.get_by_role("button", name="Late by a day")

    title.press("Enter")

    expect(title).to_have_attribute("aria-expanded", "true")
    expect(story(report, "late-by-a-day")).to_contain_text("Every user.")


def test_opens_the_story_in_the_address(offline: Page, file: Path) -> None:
    """The fragment of an address opens its story alone, scrolls to it and focuses its title."""
    offline.goto(f"{file.as_uri()}#no-label-at-all")

    expect(story(offline, "no-label-at-all")).to_be_in_viewport()
    expect(offline.get_by_role("button", name="No label at all")).to_be_focused()
    expect(story(offline, "late-by-a-day")).to_be_hidden()


def test_a_link_shows_a_row_that_the_filter_hides(report: Page) -> None:
    """A link within the page resets a filter that hides its target."""
    report.get_by_label("Topic").select_option("Ownership")

    report.get_by_role("link", name="No label at all").click()

    expect(story(report, "no-label-at-all")).to_be_in_viewport()
    expect(report.get_by_role("status")).to_have_text("4 of 4 shown")


def test_shows_every_story_without_javascript(new_context: NewContext, file: Path) -> None:
    """Without scripts all stories are open, and controls that need a script are absent."""
    page = new_context(java_script_enabled=False).new_page()

    page.goto(file.as_uri())

    for patch in VERDICTS:
        expect(story(page, patch.name)).to_be_visible()
    expect(page.get_by_role("button").or_(page.get_by_role("combobox"))).to_have_count(0)


def fault_titles(report: Page) -> Locator:
    """Locate the row heads of the visible faults, in their order."""
    return report.get_by_role("table", name="The faults").get_by_role("rowheader")


def story(report: Page, name: str) -> Locator:
    """Locate the story of a patch, whether or not it is visible."""
    return report.locator(f"#{name} .story")
