"""Editing a title, with the mouse and with the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Item, TodoList
from tests.support.person import Person


@pytest.fixture
def milk(todo_list: TodoList, person: Person) -> Item:
    """Open a list with a single todo, and locate that todo."""
    person.adds("Buy milk")
    todo_list.open()
    return todo_list.item("Buy milk")


def test_saves_an_edit_on_enter(milk: Item, todo_list: TodoList) -> None:
    """Double-click, a new title and Enter rename a todo."""
    with todo_list.saving():
        milk.rename("Buy bread")

    todo_list.page.reload()
    expect(todo_list.item("Buy bread").row).to_be_visible()


def test_saves_an_edit_on_blur(milk: Item, todo_list: TodoList) -> None:
    """An edit is saved when the text box loses the focus."""
    milk.title.dblclick()
    milk.edit_box.fill("Buy bread")

    with todo_list.saving():
        todo_list.new_todo.click()

    expect(todo_list.titles).to_have_text(["Buy bread"])


def test_cancels_an_edit_on_escape(milk: Item, todo_list: TodoList) -> None:
    """Escape restores the title."""
    milk.title.dblclick()
    milk.edit_box.fill("Buy bread")

    milk.edit_box.press("Escape")

    expect(milk.edit_box).to_be_hidden()
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_deletes_a_todo_when_its_title_is_emptied(milk: Item, todo_list: TodoList) -> None:
    """An edit to an empty title deletes the todo."""
    with todo_list.saving():
        milk.rename("")

    todo_list.page.reload()
    expect(todo_list.items).to_have_count(0)


def test_keeps_an_edit_that_is_too_long(milk: Item, todo_list: TodoList) -> None:
    """An edit to 201 characters is rejected with a message, and stays in the box for correction."""
    title = 201 * "x"

    milk.rename(title)

    expect(todo_list.alert.filter(has_text="1 to 200 characters")).to_be_visible()
    expect(milk.edit_box).to_have_value(title)


def test_hides_the_other_controls_while_editing(milk: Item) -> None:
    """While a title is edited, its todo can be neither completed nor deleted."""
    milk.title.dblclick()

    expect(milk.edit_box).to_be_focused()
    expect(milk.toggle).to_be_hidden()
    expect(milk.delete).to_be_hidden()
