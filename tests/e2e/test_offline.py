"""The browser is offline for a while."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_undoes_a_change_made_offline(todo_list: TodoList, person: Person) -> None:
    """A change that did not reach the service is undone and announced after reconnecting."""
    person.adds("Buy milk")
    todo_list.open()
    todo_list.page.context.set_offline(True)
    todo_list.item("Buy milk").toggle.check()
    expect(todo_list.status.filter(has_text="The connection is lost.")).to_be_visible()

    todo_list.page.context.set_offline(False)

    expect(todo_list.alert.filter(has_text="Could not change Buy milk.")).to_be_visible()
    expect(todo_list.item("Buy milk").toggle).not_to_be_checked()


def test_saves_the_changes_in_the_queue_after_reconnecting(todo_list: TodoList) -> None:
    """The todo whose request failed returns to the box; the one in the queue is saved."""
    todo_list.open()
    todo_list.page.context.set_offline(True)
    todo_list.add("Buy milk", "Call mother")
    expect(todo_list.status.filter(has_text="The connection is lost.")).to_be_visible()

    todo_list.page.context.set_offline(False)

    expect(todo_list.alert.filter(has_text="Could not add Buy milk.")).to_be_visible()
    expect(todo_list.new_todo).to_have_value("Buy milk")
    expect(todo_list.titles).to_have_text(["Call mother"])
