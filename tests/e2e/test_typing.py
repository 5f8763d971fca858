"""What a person types or pastes, by whichever keyboard, input method or password manager."""

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.pages import Item, SignIn, TodoList
from tests.support.person import Person

EMOJI = 200 * "\N{GRINNING FACE}"
PASTED = pytest.mark.parametrize(
    "pasted",
    [
        "Buy\tmilk",
        " Buy \t milk ",
        "Buy\u2028milk",
        "Buy\x85milk",
        "Buy\a milk\x00",
        "\x1bBuy milk",
    ],
    ids=["tab", "spaces", "line separator", "next line", "bell and NUL", "escape"],
)


@pytest.fixture
def bread(todo_list: TodoList, person: Person) -> Item:
    """Begin to edit the only todo of the list."""
    person.adds("Buy bread")
    todo_list.open()
    item = todo_list.item("Buy bread")
    item.title.dblclick()
    return item


@PASTED
def test_adds_pasted_text_as_one_line(todo_list: TodoList, pasted: str) -> None:
    """A tab or a line break becomes a space, and characters that nobody sees are left out."""
    todo_list.open()

    with todo_list.saving():
        todo_list.add(pasted)

    assert todo_list.titles.all_text_contents() == ["Buy milk"]


@PASTED
def test_edits_pasted_text_as_one_line(todo_list: TodoList, bread: Item, pasted: str) -> None:
    """The same goes for a title that is being edited."""
    bread.edit_box.fill(pasted)

    with todo_list.saving():
        bread.edit_box.press("Enter")

    assert todo_list.titles.all_text_contents() == ["Buy milk"]


def test_adds_as_many_emoji_as_letters(todo_list: TodoList) -> None:
    """An emoji is one character of a title, although JavaScript counts it as two."""
    todo_list.open()
    todo_list.new_todo.focus()
    todo_list.page.keyboard.insert_text(EMOJI)

    todo_list.new_todo.press("Enter")

    expect(todo_list.titles).to_have_text([EMOJI])


def test_edits_as_many_emoji_as_letters(todo_list: TodoList, bread: Item) -> None:
    """The same goes for a title that is being edited."""
    bread.edit_box.select_text()
    todo_list.page.keyboard.insert_text(EMOJI)

    bread.edit_box.press("Enter")

    expect(todo_list.titles).to_have_text([EMOJI])


@pytest.mark.parametrize("key", ["Enter", "Escape"])
@pytest.mark.parametrize("sign", [{"isComposing": True}, {"keyCode": 229}], ids=["flag", "code"])
def test_a_key_for_the_input_method_does_not_end_editing(
    bread: Item, key: str, sign: dict[str, object]
) -> None:
    """Enter and Escape choose among the words that an input method for Japanese suggests."""
    bread.edit_box.fill("\u725b\u4e73")

    bread.edit_box.dispatch_event("keydown", {"key": key, **sign})

    expect(bread.edit_box).to_be_focused()


def test_saves_an_edit_on_enter_of_the_number_pad(todo_list: TodoList, bread: Item) -> None:
    """Both Enter keys do the same."""
    bread.edit_box.fill("Buy milk")

    with todo_list.saving():
        bread.edit_box.press("NumpadEnter")

    expect(todo_list.titles).to_have_text(["Buy milk"])


@pytest.mark.parametrize(
    ("before", "after"),
    [("\N{NO-BREAK SPACE}", " "), ("\N{LEFT-TO-RIGHT MARK}", "\N{ZERO WIDTH SPACE}")],
    ids=["spaces", "invisible"],
)
def test_signs_in_with_an_email_from_elsewhere(
    sign_in: SignIn, person: Person, before: str, after: str
) -> None:
    """A keyboard or an address book adds what nobody sees, and capital letters."""
    sign_in.sign_in(before + person.email.capitalize() + after, person.password)

    expect(TodoList(sign_in.page).new_todo).to_be_visible()


def test_signs_in_with_an_email_in_full_width(sign_in: SignIn, person: Person) -> None:
    """Japanese keyboards write Latin letters in two widths."""
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in person.email)

    sign_in.sign_in(full_width, person.password)

    expect(TodoList(sign_in.page).new_todo).to_be_visible()


def test_a_key_that_is_held_down_counts_once(sign_in: SignIn, person: Person) -> None:
    """A wrong password with Enter held down is one failed attempt, not all that are allowed."""
    attempts: list[Request] = []
    sign_in.page.on("request", lambda sent: attempts.append(sent))  # noqa: PLW0108 -- Playwright cannot wrap a built-in
    sign_in.email.fill(person.email)
    sign_in.password.fill("not the password")
    sign_in.page.keyboard.down("Enter")
    expect(sign_in.alert.filter(has_text="is wrong")).to_be_visible()

    sign_in.page.keyboard.down("Enter")

    sign_in.new_here.click()
    sign_in.create.wait_for()
    assert len(attempts) == 1
