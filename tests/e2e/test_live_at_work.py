"""Changes made elsewhere do not disturb what the person is doing."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_keeps_an_edit_in_progress(todo_list: TodoList, person: Person) -> None:
    """A person can finish an edit even though the todo was renamed elsewhere."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    edit_box = todo_list.page.get_by_role("textbox", name="Edit")
    edit_box.fill("Buy bre")

    person.changes(todo_id, title="Buy butter")

    expect(todo_list.titles).to_have_text(["Buy butter"])
    edit_box.press_sequentially("ad")
    expect(edit_box).to_have_value("Buy bread")


def test_an_unchanged_edit_overwrites_nothing(todo_list: TodoList, person: Person) -> None:
    """Leaving an edit box unchanged does not undo a rename made elsewhere."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    person.changes(todo_id, title="Buy butter")
    expect(todo_list.titles).to_have_text(["Buy butter"])

    todo_list.page.keyboard.press("Enter")

    with todo_list.saving():
        todo_list.add("Call mother")
    expect(todo_list.titles).to_have_text(["Buy butter", "Call mother"])


def test_announces_the_text_of_an_edit_whose_todo_was_deleted_elsewhere(
    todo_list: TodoList, person: Person
) -> None:
    """When a todo is deleted elsewhere, the page announces what was being typed."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    todo_list.page.get_by_role("textbox", name="Edit").fill("Buy bread")

    person.deletes(todo_id)

    expect(todo_list.alert.filter(has_text="Could not change Buy bread.")).to_be_visible()
    expect(todo_list.items).to_have_count(0)


def test_keeps_the_focus_on_a_todo_that_moves(todo_list: TodoList, person: Person) -> None:
    """A picked todo keeps the focus and its mark when its order changes."""
    person.adds("Call mother", completed=True)
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.pick.click()
    picked = todo_list.item("Buy milk").row
    expect(picked).to_be_focused()

    person.changes(todo_id, order=-1)

    expect(todo_list.titles).to_have_text(["Buy milk", "Call mother"])
    expect(picked).to_be_focused()
    expect(picked).to_have_attribute("data-picked", "")
