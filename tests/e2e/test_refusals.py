"""The page shows a change at once; when the service does not make it, the page takes it back."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_takes_back_an_edit_of_a_todo_deleted_elsewhere(
    todo_list: TodoList, person: Person
) -> None:
    """An edit that comes too late is said aloud with its text, and the todo goes."""
    todo_id = person.adds("Buy milk")
    todo_list.block_websocket()
    todo_list.open()
    person.deletes(todo_id)

    todo_list.item("Buy milk").rename("Buy bread")

    expect(
        todo_list.alert.filter(has_text="Could not change Buy bread. There is no such todo.")
    ).to_be_visible()
    expect(todo_list.items).to_have_count(0)


def test_takes_no_offence_at_a_todo_deleted_twice(todo_list: TodoList, person: Person) -> None:
    """Deleting what was deleted elsewhere is no error: it is gone, as was wanted."""
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
