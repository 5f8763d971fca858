"""Completing one todo or all of them, counting them, and clearing those completed."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList


def test_completes_a_todo(two_todos: TodoList) -> None:
    """A todo that is checked is completed, and still is after a reload."""
    with two_todos.saving():
        two_todos.item("Call mother").toggle.check()

    two_todos.page.reload()
    expect(two_todos.item("Call mother").row).to_have_class("completed")


def test_counts_what_is_left(two_todos: TodoList) -> None:
    """The counter shows the number of active todos, with the right plural."""
    expect(two_todos.count).to_have_text("1 item left")

    two_todos.item("Buy milk").toggle.uncheck()

    expect(two_todos.count).to_have_text("2 items left")


def test_marks_all_as_complete(two_todos: TodoList) -> None:
    """One checkbox completes every todo, and they still are after a reload."""
    with two_todos.saving():
        two_todos.toggle_all.check()

    two_todos.page.reload()
    expect(two_todos.count).to_have_text("0 items left")


def test_unmarks_all(two_todos: TodoList) -> None:
    """Unchecking "Mark all as complete" makes every todo active again."""
    two_todos.toggle_all.check()

    two_todos.toggle_all.uncheck()

    expect(two_todos.count).to_have_text("2 items left")


def test_shows_whether_all_are_complete(two_todos: TodoList) -> None:
    """'Mark all as complete' becomes checked when the last active todo is completed."""
    expect(two_todos.toggle_all).not_to_be_checked()

    two_todos.item("Call mother").toggle.check()

    expect(two_todos.toggle_all).to_be_checked()


def test_clears_completed_todos(two_todos: TodoList) -> None:
    """Completed todos are deleted for good, and the button disappears with them."""
    with two_todos.saving():
        two_todos.clear_completed.click()

    two_todos.page.reload()
    expect(two_todos.titles).to_have_text(["Call mother"])
    expect(two_todos.clear_completed).to_be_hidden()
