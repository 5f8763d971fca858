"""The page on a touch screen: a phone or a tablet."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.pages import TodoList
from tests.support.browser import NewContext
from tests.support.person import Person

PHONE = ViewportSize(width=375, height=667)
TABLET = ViewportSize(width=1024, height=768)


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


def test_edits_on_a_double_tap(touched: TodoList, person: Person) -> None:
    """A double tap on a title opens it for editing."""
    person.adds("Buy milk")
    touched.open()
    item = touched.item("Buy milk")

    item.title.tap()
    item.title.tap()

    expect(item.edit_box).to_be_focused()


def test_shows_only_the_edit_box_while_editing(touched: TodoList, person: Person) -> None:
    """While a todo with a due date is edited, the box replaces its title and date."""
    person.adds("Buy milk", due="2030-01-01")
    touched.open()
    item = touched.item("Buy milk")

    item.title.dblclick()

    expect(item.edit_box).to_be_visible()
    expect(item.title).to_be_hidden()
