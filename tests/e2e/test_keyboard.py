"""Without a mouse: what the Tab key reaches, and where the focus goes."""

from playwright.sync_api import Page, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.person import Person

# More often than Tab has to be pressed to get through the page: a date alone takes four.
MANY = 20


def test_a_days_work_by_keyboard_alone(todo_list: TodoList) -> None:
    """Todos are added, renamed, left alone after all, ticked off and deleted without a mouse."""
    keyboard = todo_list.page.keyboard
    todo_list.open()

    keyboard.type("Buy milk\nCall mother\nPost letter\n")
    press(todo_list.page, "Tab", "Tab", "F2", "ControlOrMeta+A")  # Tab passes the tick for all
    keyboard.type("Buy bread\n")
    press(todo_list.page, "F2", "Backspace", "Escape", "Tab", "Space")
    press(todo_list.page, "F2", "ControlOrMeta+A", "Backspace", "Enter")  # empty: deleted
    press(todo_list.page, "Space")  # and here is the next

    expect(todo_list.titles).to_have_text(["Call mother", "Post letter"])
    expect(todo_list.done).to_have_text(["Call mother"])


def test_tab_follows_the_page(todo_list: TodoList, person: Person) -> None:
    """Tab goes from top to bottom, and shows on its way what else needs a mouse."""
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
    ]  # then it begins anew


def test_the_neighbour_of_a_deleted_todo_has_the_focus(todo_list: TodoList, person: Person) -> None:
    """Who deletes todos by keyboard goes on with the next one, not at the top of the page."""
    for title in ("Buy milk", "Call mother", "Post letter"):
        person.adds(title)
    todo_list.open()

    todo_list.item("Call mother").delete_with_keyboard()

    expect(todo_list.item("Post letter").toggle).to_be_focused()


def test_the_box_has_the_focus_after_the_last_todo(todo_list: TodoList, person: Person) -> None:
    """When no todo is left, the keyboard is where the next one is written."""
    person.adds("Buy milk")
    todo_list.open()

    todo_list.item("Buy milk").delete_with_keyboard()

    expect(todo_list.new_todo).to_be_focused()


def test_the_todo_has_the_focus_after_its_editing(todo_list: TodoList, person: Person) -> None:
    """Escape leads back to the todo, so that the next key still concerns it."""
    person.adds("Buy milk")
    todo_list.open()
    item = todo_list.item("Buy milk")
    item.toggle.press("F2")

    item.edit_box.press("Escape")

    expect(item.row).to_be_focused()


def test_signing_in_leads_to_the_box(sign_in: SignIn, person: Person) -> None:
    """Whoever presses Enter after the password can write down a todo at once."""
    sign_in.email.fill(person.email)
    sign_in.password.fill(person.password)

    sign_in.password.press("Enter")

    expect(TodoList(sign_in.page).new_todo).to_be_focused()


def test_signing_out_leads_to_the_form(todo_list: TodoList) -> None:
    """Who signs out by keyboard can go on by keyboard, with another account."""
    todo_list.open()

    todo_list.sign_out.press("Enter")

    expect(SignIn(todo_list.page).email).to_be_focused()


def test_a_refusal_leads_to_the_faulty_field(sign_in: SignIn) -> None:
    """A form that was sent with a fault puts the keyboard where the fault is."""
    sign_in.sign_in("ada@example.org", "")

    expect(sign_in.password).to_be_focused()


def press(page: Page, *keys: str) -> None:
    """Press one key after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_stops(page: Page) -> list[str]:
    """Press Tab many times; return what had the focus, by role and name, each once."""
    focused, stops = page.locator(":focus"), []
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if focused.count():  # none for the browser's own parts, such as a calendar's button
            stops.append(focused.aria_snapshot().splitlines()[0].strip("- :"))
    return list(dict.fromkeys(stops))
