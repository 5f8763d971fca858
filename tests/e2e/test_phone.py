"""On a phone: a small screen, touched with a finger."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.browser import NewContext
from tests.e2e.pages import TodoList
from tests.e2e.person import Person

SCREEN = ViewportSize(width=375, height=667)


@pytest.fixture
def phone(new_context: NewContext, person: Person) -> TodoList:
    """Return the list on the person's phone; the test opens it."""
    context = new_context(storage_state=person.as_cookie(), viewport=SCREEN, has_touch=True)
    return TodoList(context.new_page())


def test_offers_delete_to_a_finger(phone: TodoList, person: Person) -> None:
    """Where nothing can hover, the button that deletes a todo shows all the time, and works."""
    person.adds("Buy milk")
    phone.open()

    phone.item("Buy milk").delete.tap()

    expect(phone.items).to_have_count(0)


def test_edits_on_a_double_tap(phone: TodoList, person: Person) -> None:
    """Two quick taps on a title open it for editing."""
    person.adds("Buy milk")
    phone.open()
    item = phone.item("Buy milk")

    item.title.tap()
    item.title.tap()

    expect(item.edit_box).to_be_focused()


def test_shows_the_edit_box_alone(phone: TodoList, person: Person) -> None:
    """While a todo with a due date is edited, the box takes the place of its title and date."""
    person.adds("Buy milk", due="2030-01-01")
    phone.open()
    item = phone.item("Buy milk")

    item.title.dblclick()

    expect(item.edit_box).to_be_visible()
    expect(item.title).to_be_hidden()
