"""On a phone or a tablet: a screen, small or not, touched with a finger."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.pages import TodoList
from tests.support.browser import NewContext
from tests.support.person import Person

PHONE = ViewportSize(width=375, height=667)
TABLET = ViewportSize(width=1024, height=768)


@pytest.fixture
def screen() -> ViewportSize:
    """Return the size of what is touched, unless the test names another."""
    return PHONE


@pytest.fixture
def touched(new_context: NewContext, person: Person, screen: ViewportSize) -> TodoList:
    """Return the list on the person's touch screen; the test opens it."""
    context = new_context(storage_state=person.storage_state(), viewport=screen, has_touch=True)
    return TodoList(context.new_page())


@pytest.mark.parametrize("screen", [PHONE, TABLET], ids=["phone", "tablet"])
def test_offers_delete_to_a_finger(touched: TodoList, person: Person) -> None:
    """Where nothing can hover, the button that deletes a todo shows all the time, and works."""
    person.adds("Buy milk")
    touched.open()

    touched.item("Buy milk").delete.tap()

    expect(touched.items).to_have_count(0)


def test_edits_on_a_double_tap(touched: TodoList, person: Person) -> None:
    """Two quick taps on a title open it for editing."""
    person.adds("Buy milk")
    touched.open()
    item = touched.item("Buy milk")

    item.title.tap()
    item.title.tap()

    expect(item.edit_box).to_be_focused()


def test_shows_the_edit_box_alone(touched: TodoList, person: Person) -> None:
    """While a todo with a due date is edited, the box takes the place of its title and date."""
    person.adds("Buy milk", due="2030-01-01")
    touched.open()
    item = touched.item("Buy milk")

    item.title.dblclick()

    expect(item.edit_box).to_be_visible()
    expect(item.title).to_be_hidden()
