"""News from elsewhere do not get in the way of what a person is doing."""

from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_leaves_an_edit_in_progress_alone(todo_list: TodoList, person: Person) -> None:
    """Who is typing a title goes on typing, although the todo was renamed elsewhere."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    edit_box = todo_list.page.get_by_role("textbox", name="Edit")
    edit_box.fill("Buy bre")

    person.changes(todo_id, title="Buy butter")

    expect(todo_list.titles).to_have_text(["Buy butter"])
    edit_box.press_sequentially("ad")
    expect(edit_box).to_have_value("Buy bread")


def test_an_edit_without_a_change_undoes_nothing(todo_list: TodoList, person: Person) -> None:
    """Who opens a title and leaves it as it is does not take back what was done elsewhere."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    person.changes(todo_id, title="Buy butter")
    expect(todo_list.titles).to_have_text(["Buy butter"])

    todo_list.page.keyboard.press("Enter")

    with todo_list.saving():
        todo_list.add("Call mother")
    expect(todo_list.titles).to_have_text(["Buy butter", "Call mother"])


def test_says_what_was_typed_into_a_todo_deleted_elsewhere(
    todo_list: TodoList, person: Person
) -> None:
    """The text of an edit does not vanish together with its todo."""
    todo_id = person.adds("Buy milk")
    todo_list.open()
    todo_list.titles.dblclick()
    todo_list.page.get_by_role("textbox", name="Edit").fill("Buy bread")

    person.deletes(todo_id)

    expect(todo_list.alert.filter(has_text="Could not change Buy bread.")).to_be_visible()
    expect(todo_list.items).to_have_count(0)


def test_keeps_the_focus_where_it_is(todo_list: TodoList, person: Person) -> None:
    """A todo that was picked stays under the keyboard, marked, when it gets another place."""
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
