"""Changing a title: by mouse and by keyboard, saved or not."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Item, TodoList
from tests.support.person import Person


@pytest.fixture
def milk(todo_list: TodoList, person: Person) -> Item:
    """Return the only todo of a list that is open on the page."""
    person.adds("Buy milk")
    todo_list.open()
    return todo_list.item("Buy milk")


def test_saves_an_edit_on_enter(milk: Item, todo_list: TodoList) -> None:
    """A title that was double-clicked, edited and entered is kept."""
    with todo_list.saving():
        milk.rename("Buy bread")

    todo_list.page.reload()
    expect(todo_list.item("Buy bread").row).to_be_visible()


def test_saves_an_edit_on_leaving_the_box(milk: Item, todo_list: TodoList) -> None:
    """An edit is kept when the focus goes elsewhere."""
    milk.title.dblclick()
    milk.edit_box.fill("Buy bread")

    with todo_list.saving():
        todo_list.new_todo.click()

    expect(todo_list.titles).to_have_text(["Buy bread"])


def test_cancels_an_edit_on_escape(milk: Item, todo_list: TodoList) -> None:
    """Escape leaves the title as it was."""
    milk.title.dblclick()
    milk.edit_box.fill("Buy bread")

    milk.edit_box.press("Escape")

    expect(milk.edit_box).to_be_hidden()
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_deletes_a_todo_whose_title_is_emptied(milk: Item, todo_list: TodoList) -> None:
    """A title edited down to nothing deletes its todo, for good."""
    with todo_list.saving():
        milk.rename("")

    todo_list.page.reload()
    expect(todo_list.items).to_have_count(0)


def test_keeps_an_edit_that_is_too_long(milk: Item, todo_list: TodoList) -> None:
    """An edit to 201 characters is refused with the rule, and stays in the box to be mended."""
    title = 201 * "x"

    milk.rename(title)

    expect(todo_list.alert.filter(has_text="1 to 200 characters")).to_be_visible()
    expect(milk.edit_box).to_have_value(title)


def test_hides_the_other_controls_while_editing(milk: Item) -> None:
    """While a title is edited, its todo can be neither ticked nor deleted."""
    milk.title.dblclick()

    expect(milk.edit_box).to_be_focused()
    expect(milk.toggle).to_be_hidden()
    expect(milk.delete).to_be_hidden()
