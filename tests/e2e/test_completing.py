"""Ticking off todos, one or all, counting and clearing them."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList


def test_completes_a_todo(two_todos: TodoList) -> None:
    """A todo that was ticked is done, also after a reload."""
    with two_todos.saving():
        two_todos.item("Call mother").toggle.check()

    two_todos.page.reload()
    expect(two_todos.item("Call mother").row).to_have_class("completed")


def test_counts_what_is_left(two_todos: TodoList) -> None:
    """The counter tells how many todos are open, and knows the singular."""
    expect(two_todos.count).to_have_text("1 item left")

    two_todos.item("Buy milk").toggle.uncheck()

    expect(two_todos.count).to_have_text("2 items left")


def test_marks_all_as_complete(two_todos: TodoList) -> None:
    """One tick completes every todo, also after a reload."""
    with two_todos.saving():
        two_todos.toggle_all.check()

    two_todos.page.reload()
    expect(two_todos.count).to_have_text("0 items left")


def test_reopens_all(two_todos: TodoList) -> None:
    """Taking that tick away opens every todo again."""
    two_todos.toggle_all.check()

    two_todos.toggle_all.uncheck()

    expect(two_todos.count).to_have_text("2 items left")


def test_shows_whether_all_are_complete(two_todos: TodoList) -> None:
    """The tick for all follows the single ones."""
    expect(two_todos.toggle_all).not_to_be_checked()

    two_todos.item("Call mother").toggle.check()

    expect(two_todos.toggle_all).to_be_checked()


def test_clears_completed_todos(two_todos: TodoList) -> None:
    """The todos that are done can be cleared, and stay away; then there is nothing to clear."""
    with two_todos.saving():
        two_todos.clear_completed.click()

    two_todos.page.reload()
    expect(two_todos.titles).to_have_text(["Call mother"])
    expect(two_todos.clear_completed).to_be_hidden()
