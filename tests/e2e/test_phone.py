"""The page on a touch screen: a phone or a tablet."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Position, ViewportSize, expect

from tests.e2e.pages import TodoList
from tests.support.browser import NewContext
from tests.support.person import Person

PHONE = ViewportSize(width=375, height=667)
TABLET = ViewportSize(width=1024, height=768)
# Two places on a title, so far apart that the browser itself sees no double click.
HERE, THERE = Position(x=90, y=30), Position(x=200, y=30)
# Playwright's clock changes performance.now(), but not the time that events carry.
EVENTS_FOLLOW_THE_CLOCK = """
    Object.defineProperty(Event.prototype, 'timeStamp', { get: () => performance.now() });
"""


@pytest.fixture
def screen() -> ViewportSize:
    """Choose a phone, unless the test names another size."""
    return PHONE


@pytest.fixture
def touched(new_context: NewContext, person: Person, screen: ViewportSize) -> TodoList:
    """Sign the person in on a touch screen; the test opens the list."""
    context = new_context(storage_state=person.storage_state(), viewport=screen, has_touch=True)
    return TodoList(context.new_page())


@pytest.mark.parametrize("screen", [PHONE, TABLET], ids=["phone", "tablet"])
def test_offers_delete_to_a_finger(touched: TodoList, person: Person) -> None:
    """Where hover does not exist, the delete button is always visible, and deletes the todo."""
    person.adds("Buy milk")
    touched.open()

    touched.item("Buy milk").delete.tap()

    expect(touched.items).to_have_count(0)


@pytest.fixture
def timeless(touched: TodoList, person: Person) -> TodoList:
    """Open a list with one todo and stop the page's clock, so that a slow machine taps as fast."""
    person.adds("Buy milk")
    touched.page.add_init_script(EVENTS_FOLLOW_THE_CLOCK)
    touched.open()
    touched.page.clock.install()
    touched.page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    return touched


def test_edits_on_a_double_tap(timeless: TodoList) -> None:
    """A double tap on a title opens it for editing."""
    item = timeless.item("Buy milk")

    item.row.tap(position=HERE)
    timeless.page.clock.run_for(300)
    item.row.tap(position=THERE)

    expect(item.edit_box).to_be_focused()


def test_does_not_edit_on_two_taps(timeless: TodoList) -> None:
    """Two taps with a pause between them are no double tap."""
    item = timeless.item("Buy milk")

    item.row.tap(position=HERE)
    timeless.page.clock.run_for(1_000)
    item.row.tap(position=THERE)

    item.toggle.tap()
    expect(item.toggle).to_be_checked()
    expect(item.edit_box).to_be_hidden()


def test_shows_only_the_edit_box_while_editing(touched: TodoList, person: Person) -> None:
    """While a todo with a due date is edited, the box replaces its title and date."""
    person.adds("Buy milk", due="2030-01-01")
    touched.open()
    item = touched.item("Buy milk")

    item.title.dblclick()

    expect(item.edit_box).to_be_visible()
    expect(item.title).to_be_hidden()
