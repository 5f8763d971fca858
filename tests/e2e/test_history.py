"""Back, reload and leaving: what the browser's own buttons do to the page."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import SignIn, TodoList
from tests.e2e.person import Person


@pytest.fixture
def mixed(todo_list: TodoList, person: Person) -> TodoList:
    """Return a list, open, with one todo done and one not."""
    person.adds("Buy milk", completed=True)
    person.adds("Call mother")
    todo_list.open()
    return todo_list


def test_goes_back_through_the_filters(mixed: TodoList) -> None:
    """The browser's back button returns to the filter before."""
    mixed.filter("Active").click()
    mixed.filter("Completed").click()

    mixed.page.go_back()

    expect(mixed.titles).to_have_text(["Call mother"])


def test_a_reload_keeps_the_filter(mixed: TodoList) -> None:
    """Whoever looks at what is done still does so after a reload."""
    mixed.filter("Completed").click()

    mixed.page.reload()

    expect(mixed.titles).to_have_text(["Buy milk"])


def test_going_back_leaves_an_edit_under_way_alone(mixed: TodoList) -> None:
    """What is being typed stays in its box, even where the filter would hide the todo."""
    mixed.filter("Active").click()
    mixed.filter("All").click()
    edit_box = mixed.item("Buy milk").edit_box
    mixed.item("Buy milk").title.dblclick()
    edit_box.fill("Buy milk and br")

    mixed.page.go_back()

    expect(mixed.filter("Active")).to_have_class("selected")
    edit_box.press_sequentially("ead")
    expect(edit_box).to_have_value("Buy milk and bread")


def test_a_reload_drops_an_edit_under_way(mixed: TodoList) -> None:
    """An edit that was neither entered nor left changes nothing."""
    mixed.item("Call mother").title.dblclick()
    mixed.item("Call mother").edit_box.fill("Call father")

    mixed.page.reload()

    expect(mixed.titles).to_have_text(["Buy milk", "Call mother"])


def test_asks_before_a_change_is_lost(mixed: TodoList) -> None:
    """Who leaves the page while a change is on its way is asked whether to."""
    mixed.page.route("**/api/todos", lambda _held_for_ever: None)
    mixed.add("Post letter")

    with mixed.page.expect_event("dialog") as question:
        mixed.page.close(run_before_unload=True)

    assert "beforeunload" == question.value.type
    question.value.dismiss()


def test_going_back_after_signing_out_shows_nothing(mixed: TodoList) -> None:
    """The back button does not bring back the list of somebody who signed out."""
    mixed.filter("Active").click()
    mixed.sign_out.click()
    expect(SignIn(mixed.page).submit).to_be_visible()

    mixed.page.go_back()

    expect(SignIn(mixed.page).submit).to_be_visible()
    expect(mixed.page.locator("body")).not_to_contain_text("Call mother")
