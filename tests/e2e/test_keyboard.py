"""Using the page by keyboard: what the Tab key reaches, and where the focus goes."""

from playwright.sync_api import Page, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.person import Person

# More than the stops on the page; a date alone has four.
MAX_TABS = 20


def test_a_days_work_by_keyboard_alone(todo_list: TodoList) -> None:
    """A person adds, renames, completes and deletes todos, and cancels an edit, without a mouse."""
    keyboard = todo_list.page.keyboard
    todo_list.open()

    keyboard.type("Buy milk\nCall mother\nPost letter\n")
    press(todo_list.page, "Tab", "Tab", "F2", "ControlOrMeta+A")  # past "Mark all as complete"
    keyboard.type("Buy bread\n")
    press(todo_list.page, "F2", "Backspace", "Escape", "Tab", "Space")
    press(todo_list.page, "F2", "ControlOrMeta+A", "Backspace", "Enter")  # an empty title deletes
    press(todo_list.page, "Space")  # completes the next todo, which has the focus

    expect(todo_list.titles).to_have_text(["Call mother", "Post letter"])
    expect(todo_list.done).to_have_text(["Call mother"])


def test_tab_follows_the_page(todo_list: TodoList, person: Person) -> None:
    """Tab goes from top to bottom, and reaches controls that otherwise appear on hover."""
    person.adds("Buy milk", completed=True)
    todo_list.open()
    todo_list.sign_out.focus()

    stops = tab_stops(todo_list.page)

    assert stops[:10] == [
        'textbox "What needs to be done?"',
        'checkbox "Mark all as complete" [checked]',
        'checkbox "Toggle Todo" [checked]',
        'textbox "Due date"',
        'button "Delete"',
        'link "All"',
        'link "Active"',
        'link "Completed"',
        'button "Clear completed"',
        'button "Pick one for me"',
    ]  # then the cycle starts again


def test_focuses_the_next_todo_after_deleting_one(todo_list: TodoList, person: Person) -> None:
    """After a todo is deleted by keyboard, the next one has the focus."""
    for title in ("Buy milk", "Call mother", "Post letter"):
        person.adds(title)
    todo_list.open()

    todo_list.item("Call mother").delete_with_keyboard()

    expect(todo_list.item("Post letter").toggle).to_be_focused()


def test_focuses_the_new_todo_box_after_deleting_the_last_todo(
    todo_list: TodoList, person: Person
) -> None:
    """When no todo is left, the box for a new one has the focus."""
    person.adds("Buy milk")
    todo_list.open()

    todo_list.item("Buy milk").delete_with_keyboard()

    expect(todo_list.new_todo).to_be_focused()


def test_focuses_the_todo_after_an_edit(todo_list: TodoList, person: Person) -> None:
    """Escape moves the focus from the edit box back to its todo."""
    person.adds("Buy milk")
    todo_list.open()
    item = todo_list.item("Buy milk")
    item.toggle.press("F2")

    item.edit_box.press("Escape")

    expect(item.row).to_be_focused()


def test_focuses_the_new_todo_box_after_signing_in(sign_in: SignIn, person: Person) -> None:
    """After Enter in the password field, a person can type a todo at once."""
    sign_in.email.fill(person.email)
    sign_in.password.fill(person.password)

    sign_in.password.press("Enter")

    expect(TodoList(sign_in.page).new_todo).to_be_focused()


def test_focuses_the_form_after_signing_out(todo_list: TodoList) -> None:
    """After signing out by keyboard, the e-mail field has the focus."""
    todo_list.open()

    todo_list.sign_out.press("Enter")

    expect(SignIn(todo_list.page).email).to_be_focused()


def test_focuses_the_field_with_a_validation_error(sign_in: SignIn) -> None:
    """When a form has a validation error, the field with the error has the focus."""
    sign_in.sign_in("ada@example.org", "")

    expect(sign_in.password).to_be_focused()


def press(page: Page, *keys: str) -> None:
    """Press the keys in order."""
    for key in keys:
        page.keyboard.press(key)


def tab_stops(page: Page) -> list[str]:
    """Press Tab repeatedly; list each element that had the focus, by role and name."""
    focused, stops = page.locator(":focus"), []
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if focused.count():  # the browser's own controls, such as a calendar button, do not count
            stops.append(focused.aria_snapshot().splitlines()[0].strip("- :"))
    return list(dict.fromkeys(stops))
