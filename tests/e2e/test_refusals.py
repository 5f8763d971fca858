"""The page undoes an optimistic update that the service rejects."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_undoes_an_edit_of_a_todo_deleted_elsewhere(todo_list: TodoList, person: Person) -> None:
    """An edit that comes too late is announced with its text, and the todo disappears."""
    todo_id = person.adds("Buy milk")
    todo_list.block_websocket()
    todo_list.open()
    person.deletes(todo_id)

    todo_list.item("Buy milk").rename("Buy bread")

    expect(
        todo_list.alert.filter(has_text="Could not change Buy bread. There is no such todo.")
    ).to_be_visible()
    expect(todo_list.items).to_have_count(0)


def test_deletes_a_todo_that_was_deleted_elsewhere(todo_list: TodoList, person: Person) -> None:
    """Deleting a todo that was deleted elsewhere is not an error."""
    todo_id = person.adds("Buy milk")
    todo_list.block_websocket()
    todo_list.open()
    person.deletes(todo_id)
    todo_list.item("Buy milk").row.hover()

    with todo_list.saving(writes=2):
        todo_list.item("Buy milk").delete.click()
        todo_list.add("Call mother")

    expect(todo_list.titles).to_have_text(["Call mother"])
    expect(todo_list.alert.filter(has_text="Could not")).to_be_hidden()
