"""Adding todos to the list, and deleting them."""

from playwright.sync_api import Route, expect

from tests.e2e.pages import TodoList
from tests.support.person import Person, make_person


def test_adds_a_todo(todo_list: TodoList) -> None:
    """A new todo is on the list, and is still there after a reload.

    Siblings: tests/unit/api/test_todos.py::test_adds_a_todo,
    tests/integration/api/test_todos.py::test_adds_a_todo.
    """
    todo_list.open()

    with todo_list.saving():
        todo_list.add("Buy milk")

    todo_list.page.reload()
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_shows_a_new_todo_before_the_service_answers(todo_list: TodoList) -> None:
    """An optimistic update shows the todo at once and empties the box for the next one."""
    todo_list.open()
    todo_list.page.route("**/api/todos", lambda _never_answered: None)

    todo_list.add("Buy milk")

    expect(todo_list.new_todo).to_have_value("")
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_keeps_the_order_of_quick_entries(todo_list: TodoList) -> None:
    """Todos added before the first one is saved keep their order."""

    def enter_more(first: Route) -> None:
        todo_list.add("Second", "Third")
        first.continue_()

    todo_list.open()
    todo_list.page.route("**/api/todos", enter_more, times=1)

    with todo_list.saving(writes=3):
        todo_list.add("First")

    todo_list.page.reload()
    expect(todo_list.titles).to_have_text(["First", "Second", "Third"])


def test_adds_nothing_for_an_empty_title(todo_list: TodoList) -> None:
    """Enter adds no todo when the box is empty or holds only spaces."""
    todo_list.open()

    todo_list.add("", "   ", "Buy milk")

    expect(todo_list.titles).to_have_text(["Buy milk"])
    expect(todo_list.alert.filter(has_text="Could not add")).to_be_hidden()


def test_keeps_a_title_that_is_too_long(todo_list: TodoList) -> None:
    """A title of 201 characters is rejected with a message, and stays in the box for correction."""
    title = 201 * "x"
    todo_list.open()

    todo_list.add(title)

    expect(todo_list.alert.filter(has_text="1 to 200 characters")).to_be_visible()
    expect(todo_list.new_todo).to_have_value(title)


def test_hides_counter_and_filters_of_an_empty_list(todo_list: TodoList) -> None:
    """Without todos there is no counter, no filter and no "Mark all as complete"."""
    todo_list.open()

    expect(todo_list.count).to_be_hidden()
    expect(todo_list.filter("All")).to_be_hidden()
    expect(todo_list.toggle_all).to_be_hidden()


def test_shows_delete_on_hover(todo_list: TodoList, person: Person) -> None:
    """The delete button appears on hover, and deletes the todo."""
    person.adds("Buy milk")
    person.adds("Call mother")
    todo_list.open()
    item = todo_list.item("Buy milk")
    expect(item.delete).to_be_hidden()

    item.row.hover()
    item.delete.click()

    expect(todo_list.titles).to_have_text(["Call mother"])


def test_hides_another_users_todo(todo_list: TodoList, base_url: str) -> None:
    """A person does not see the todos of anyone else.

    Sibling: tests/integration/api/test_todos.py::test_hides_another_users_todo.
    """
    make_person(base_url).adds("Another person's secret")

    todo_list.open()

    expect(todo_list.items).to_have_count(0)
