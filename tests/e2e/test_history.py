"""What the browser's own buttons do to the page: back, reload and close."""

from playwright.sync_api import expect

from tests.e2e.pages import SignIn, TodoList


def test_goes_back_through_the_filters(two_todos: TodoList) -> None:
    """The back button returns to the previous filter."""
    two_todos.filter("Active").click()
    two_todos.filter("Completed").click()

    two_todos.page.go_back()

    expect(two_todos.titles).to_have_text(["Call mother"])


def test_a_reload_keeps_the_filter(two_todos: TodoList) -> None:
    """The selected filter survives a reload."""
    two_todos.filter("Completed").click()

    two_todos.page.reload()

    expect(two_todos.titles).to_have_text(["Buy milk"])


def test_going_back_keeps_an_edit_in_progress(two_todos: TodoList) -> None:
    """A text that is being edited stays in its box, even if the filter would hide the todo."""
    two_todos.filter("Active").click()
    two_todos.filter("All").click()
    edit_box = two_todos.item("Buy milk").edit_box
    two_todos.item("Buy milk").title.dblclick()
    edit_box.fill("Buy milk and br")

    two_todos.page.go_back()

    expect(two_todos.filter("Active")).to_have_class("selected")
    edit_box.press_sequentially("ead")
    expect(edit_box).to_have_value("Buy milk and bread")


def test_a_reload_discards_an_edit_in_progress(two_todos: TodoList) -> None:
    """An edit without Enter or blur is not saved."""
    two_todos.item("Call mother").title.dblclick()
    two_todos.item("Call mother").edit_box.fill("Call father")

    two_todos.page.reload()

    expect(two_todos.titles).to_have_text(["Buy milk", "Call mother"])


def test_asks_before_a_change_is_lost(two_todos: TodoList) -> None:
    """The browser asks for confirmation when the page is closed before a change is saved."""
    two_todos.page.route("**/api/todos", lambda _never_answered: None)
    two_todos.add("Post letter")

    with two_todos.page.expect_event("dialog") as question:
        two_todos.page.close(run_before_unload=True)

    assert question.value.type == "beforeunload"
    question.value.dismiss()


def test_going_back_after_signing_out_shows_nothing(two_todos: TodoList) -> None:
    """After signing out, the back button does not show the list again."""
    two_todos.filter("Active").click()
    two_todos.sign_out.click()
    expect(SignIn(two_todos.page).submit).to_be_visible()

    two_todos.page.go_back()

    expect(SignIn(two_todos.page).submit).to_be_visible()
    expect(two_todos.page.locator("body")).not_to_contain_text("Call mother")
