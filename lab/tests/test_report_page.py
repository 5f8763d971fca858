"""The lab's report, opened from disk where there is no network."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lab.catalogue import Kind
from lab.results import Verdict
from lab.tests.results_factory import make_patch, make_report
from tests.support.axe import breaches
from tests.support.browser import NewContext

CAUGHT, UNNOTICED, UNREACHED = Verdict.CAUGHT, Verdict.UNNOTICED, Verdict.UNREACHED
VERDICTS = {
    make_patch("late-by-a-day"): [CAUGHT, CAUGHT, UNNOTICED],
    make_patch("anyones-list", topic="ownership", source="https://example.org/issues/1"): [
        UNNOTICED,
        CAUGHT,
        UNREACHED,
    ],
    make_patch("no-label-at-all", topic="accessibility", lesson="Ask for the role."): [
        UNREACHED,
        UNREACHED,
        UNREACHED,
    ],
    make_patch("tidied-up", Kind.REFACTORING): [Verdict.ACCEPTED, Verdict.FALSE_ALARM, CAUGHT],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the report on three faults and a refactoring."""
    file = tmp_path / "report.html"
    file.write_text(make_report(VERDICTS, first=VERDICTS).page(), encoding="utf-8")
    return file


@pytest.fixture
def offline(new_context: NewContext) -> Page:
    """Return a page in a browser that has no network."""
    context = new_context(reduced_motion="reduce")
    context.set_offline(True)
    return context.new_page()


@pytest.fixture
def report(offline: Page, file: Path) -> Page:
    """Return the report, open."""
    offline.goto(file.as_uri())
    return offline


def page_errors(report: Page) -> Locator:
    """Return the row heads of the faults that show, in their order."""
    return report.get_by_role("table", name="The faults").get_by_role("rowheader")


def story(report: Page, name: str) -> Locator:
    """Return the story of a patch, shown or not."""
    return report.locator(f"#{name} .story")


def test_needs_nothing_but_its_file(offline: Page, file: Path) -> None:
    """The page asks for nothing else than itself."""
    requests: list[str] = []
    offline.on("request", lambda request: requests.append(request.url))

    offline.goto(file.as_uri())
    expect(page_errors(offline)).to_have_count(3)

    assert requests == [file.as_uri()]


def test_breaks_no_rule(report: Page) -> None:
    """Axe finds no fault, whichever look the page has, with a story open and others shut."""
    report.get_by_role("button", name="Anyones list").click()
    # Else a row may be half under the head of its table, which axe takes for too small a target.
    report.evaluate("scrollTo(0, 0)")

    broken = breaches(report)

    assert broken == [], "\n\n".join(broken)


@pytest.mark.parametrize("width", [320, 640], ids=["400 %", "200 %"])
def test_the_report_needs_no_scrolling_sideways(report: Page, width: int) -> None:
    """Tables and diffs fit when a window of 1280 pixels is enlarged so far."""
    report.set_viewport_size({"width": width, "height": 360})

    report.get_by_role("button", name="Anyones list").click()

    expect(story(report, "anyones-list")).to_be_visible()
    assert report.evaluate("document.documentElement.scrollWidth") == width


def test_sorts_by_a_column(report: Page) -> None:
    """The button in a column's head sorts by it, and once more the other way round."""
    column = report.get_by_role("columnheader", name="fault", exact=True)

    column.get_by_role("button").click()
    expect(column).to_have_attribute("aria-sort", "ascending")
    expect(page_errors(report)).to_have_text(["Anyones list", "Late by a day", "No label at all"])

    column.get_by_role("button").click()
    expect(column).to_have_attribute("aria-sort", "descending")
    expect(page_errors(report)).to_have_text(["No label at all", "Late by a day", "Anyones list"])


def test_sorts_verdicts_from_seen_to_missed(report: Page) -> None:
    """A layer's column begins with what the layer caught, and only it says that it is sorted."""
    report.get_by_role("columnheader", name="fault", exact=True).get_by_role("button").click()

    report.get_by_role("table", name="The faults").get_by_role("button", name="unit").click()

    expect(page_errors(report)).to_have_text(["Late by a day", "Anyones list", "No label at all"])
    expect(report.locator("[aria-sort]")).to_have_text("unit")


def test_filters_by_topic(report: Page) -> None:
    """A topic leaves its own faults, and says how many of all there are."""
    report.get_by_label("Topic").select_option("Ownership")

    expect(page_errors(report)).to_have_text(["Anyones list"])
    expect(report.get_by_role("status")).to_have_text("1 of 4 shown")


def test_filters_by_the_number_of_layers(report: Page) -> None:
    """Those that no layer noticed can be shown alone."""
    report.get_by_label("Red in").select_option("no layer")

    expect(page_errors(report)).to_have_text(["No label at all"])


def test_filters_by_words(report: Page) -> None:
    """What is typed is looked for in the stories too, in any order and case."""
    report.get_by_label("Words").fill("ROLE whoever")

    expect(page_errors(report)).to_have_text(["No label at all"])


def test_a_story_opens_by_keyboard(report: Page) -> None:
    """Enter on the title opens a story and shuts it again, and the button says which it is."""
    title = report.get_by_role("button", name="Late by a day")
    expect(story(report, "late-by-a-day")).to_be_hidden()

    title.press("Enter")
    expect(title).to_have_attribute("aria-expanded", "true")
    expect(story(report, "late-by-a-day")).to_contain_text("Whoever has a todo.")

    title.press("Enter")
    expect(title).to_have_attribute("aria-expanded", "false")
    expect(story(report, "late-by-a-day")).to_be_hidden()


def test_a_link_opens_its_story(offline: Page, file: Path) -> None:
    """The address of a fault opens it, in view and with the focus, and no other."""
    offline.goto(f"{file.as_uri()}#no-label-at-all")

    expect(story(offline, "no-label-at-all")).to_be_in_viewport()
    expect(offline.get_by_role("button", name="No label at all")).to_be_focused()
    expect(story(offline, "late-by-a-day")).to_be_hidden()


def test_a_link_finds_what_a_filter_hides(report: Page) -> None:
    """A link within the page leads to its row, even when the row did not match the filter."""
    report.get_by_label("Topic").select_option("Ownership")

    report.get_by_role("link", name="No label at all").click()

    expect(story(report, "no-label-at-all")).to_be_in_viewport()
    expect(report.get_by_role("status")).to_have_text("4 of 4 shown")


def test_without_javascript_every_story_is_told(new_context: NewContext, file: Path) -> None:
    """Where no script runs, all stories are open, and no control shows that would do nothing."""
    page = new_context(java_script_enabled=False).new_page()

    page.goto(file.as_uri())

    for patch in VERDICTS:
        expect(story(page, patch.name)).to_be_visible()
    expect(page.get_by_role("button").or_(page.get_by_role("combobox"))).to_have_count(0)
