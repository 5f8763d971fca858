"""Due dates, and picking a todo at random."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Item, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person

LONG_AGO = "2001-02-03"
FAR_AWAY = "2999-12-31"


@pytest.fixture
def milk(todo_list: TodoList, person: Person) -> Item:
    """Open a list with a single todo, and locate that todo."""
    person.adds("Buy milk")
    todo_list.open()
    return todo_list.item("Buy milk")


def test_sets_a_due_date(milk: Item, todo_list: TodoList) -> None:
    """A due date in the future is still there after a reload, and is not overdue."""
    with todo_list.saving():
        milk.set_due(FAR_AWAY)

    todo_list.page.reload()
    expect(milk.due).to_have_value(FAR_AWAY)
    expect(milk.row).not_to_contain_text("Overdue")


@pytest.mark.parametrize("place", ["Pacific/Pago_Pago", "Pacific/Kiritimati"], ids=["west", "east"])
def test_shows_the_same_due_date_everywhere(
    new_context: NewContext, person: Person, place: str
) -> None:
    """A due date is a calendar date: it does not depend on the time zone of the browser."""
    person.adds("Buy milk", due=FAR_AWAY)
    context = new_context(storage_state=person.storage_state(), timezone_id=place)
    todo_list = TodoList(context.new_page())

    todo_list.open()

    expect(todo_list.item("Buy milk").due).to_have_value(FAR_AWAY)


def test_marks_an_overdue_todo(milk: Item) -> None:
    """An active todo whose due date is in the past is marked with a word.

    Siblings: tests/unit/api/test_todos.py::test_marks_an_overdue_todo,
    tests/integration/api/test_todos.py::test_marks_an_overdue_todo.
    """
    milk.set_due(LONG_AGO)

    expect(milk.row).to_contain_text("Overdue")


def test_clears_a_due_date(milk: Item, todo_list: TodoList) -> None:
    """A due date that was cleared is gone after a reload, and so is the mark."""
    milk.set_due(LONG_AGO)
    expect(milk.row).to_contain_text("Overdue")

    with todo_list.saving():
        milk.set_due("")

    todo_list.page.reload()
    expect(milk.row).not_to_contain_text("Overdue")
    expect(milk.due).to_have_value("")


def test_picks_an_open_todo(todo_list: TodoList, person: Person) -> None:
    """The page announces an active todo and focuses it, even if the filter would hide it.

    Sibling: tests/integration/api/test_lists.py::test_picks_an_open_todo.
    """
    person.adds("Buy milk")
    person.adds("Call mother", completed=True)
    todo_list.open("#/completed")

    todo_list.pick.click()

    expect(todo_list.status.filter(has_text="Picked: Buy milk")).to_be_visible()
    expect(todo_list.item("Buy milk").row).to_be_focused()


def test_announces_that_there_is_nothing_to_pick(todo_list: TodoList) -> None:
    """If no todo is active, the page announces that rather than do nothing."""
    todo_list.open()

    todo_list.pick.click()

    expect(todo_list.status.filter(has_text="No todo is open.")).to_be_visible()
