"""The list on paper."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


@pytest.fixture
def printed(todo_list: TodoList, person: Person) -> TodoList:
    """Print a list with a todo that is due, and with one that is completed and being edited."""
    person.adds("Buy milk", due="2020-01-31")
    person.adds("Call mother", completed=True)
    todo_list.open()
    todo_list.item("Call mother").title.dblclick()
    todo_list.page.emulate_media(media="print", color_scheme="dark")
    return todo_list


def test_prints_the_list(printed: TodoList) -> None:
    """The paper shows every title, due date and mark."""
    due, done = (printed.items.nth(number) for number in range(2))

    expect(printed.titles).to_have_text(["Buy milk", "Call mother"])
    expect(due).to_have_css("content", '"Due 2020-01-31"', pseudo="after")
    expect(done.locator(".view")).to_have_css("content", '"✓"', pseudo="before")


def test_prints_nothing_to_press(printed: TodoList) -> None:
    """Nobody can press a button on paper, or fill in a field."""
    controls = printed.page.locator("button, input, a, .notices").filter(visible=True)

    expect(controls).to_have_count(0)


def test_prints_black_on_white_in_dark_mode(printed: TodoList) -> None:
    """The colours of dark mode would be light grey on white paper."""
    title = printed.titles.first

    expect(title).to_have_css("color", "rgb(0, 0, 0)")
    expect(printed.page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
