"""Back, reload and leaving: what the browser's own buttons do to the page."""

from playwright.sync_api import expect

from tests.e2e.pages import SignIn, TodoList


def test_goes_back_through_the_filters(two_todos: TodoList) -> None:
    """The browser's back button returns to the filter before."""
    two_todos.filter("Active").click()
    two_todos.filter("Completed").click()

    two_todos.page.go_back()

    expect(two_todos.titles).to_have_text(["Call mother"])


def test_a_reload_keeps_the_filter(two_todos: TodoList) -> None:
    """Whoever looks at what is done still does so after a reload."""
    two_todos.filter("Completed").click()

    two_todos.page.reload()

    expect(two_todos.titles).to_have_text(["Buy milk"])


def test_going_back_leaves_an_edit_under_way_alone(two_todos: TodoList) -> None:
    """What is being typed stays in its box, even where the filter would hide the todo."""
    two_todos.filter("Active").click()
    two_todos.filter("All").click()
    edit_box = two_todos.item("Buy milk").edit_box
    two_todos.item("Buy milk").title.dblclick()
    edit_box.fill("Buy milk and br")

    two_todos.page.go_back()

    expect(two_todos.filter("Active")).to_have_class("selected")
    edit_box.press_sequentially("ead")
    expect(edit_box).to_have_value("Buy milk and bread")


def test_a_reload_drops_an_edit_under_way(two_todos: TodoList) -> None:
    """An edit that was neither entered nor left changes nothing."""
    two_todos.item("Call mother").title.dblclick()
    two_todos.item("Call mother").edit_box.fill("Call father")

    two_todos.page.reload()

    expect(two_todos.titles).to_have_text(["Buy milk", "Call mother"])


def test_asks_before_a_change_is_lost(two_todos: TodoList) -> None:
    """Who leaves the page while a change is on its way is asked whether to."""
    two_todos.page.route("**/api/todos", lambda _held_for_ever: None)
    two_todos.add("Post letter")

    with two_todos.page.expect_event("dialog") as question:
        two_todos.page.close(run_before_unload=True)

    assert question.value.type == "beforeunload"
    question.value.dismiss()


def test_going_back_after_signing_out_shows_nothing(two_todos: TodoList) -> None:
    """The back button does not bring back the list of somebody who signed out."""
    two_todos.filter("Active").click()
    two_todos.sign_out.click()
    expect(SignIn(two_todos.page).submit).to_be_visible()

    two_todos.page.go_back()

    expect(SignIn(two_todos.page).submit).to_be_visible()
    expect(two_todos.page.locator("body")).not_to_contain_text("Call mother")
