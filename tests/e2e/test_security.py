"""Defences against cross-site scripting (XSS)."""

from playwright.sync_api import Page, Route, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.person import Person

ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</label></li></ul><svg onload=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "javascript:alert(1)",
    "{{ 7 * 7 }} ${7 * 7} &lt;b&gt;",
]
ATTACK = " ".join(ATTACKS)


def test_shows_markup_as_text_on_the_list(todo_list: TodoList, person: Person) -> None:
    """Titles that contain markup or scripts are shown as they were typed."""
    todo_list.open()

    for attack in ATTACKS:
        person.adds(attack)

    expect(todo_list.titles).to_have_text(ATTACKS)


def test_shows_markup_as_text_in_the_edit_box(todo_list: TodoList, person: Person) -> None:
    """The edit box contains such a title as it was typed."""
    person.adds(ATTACK)
    todo_list.open()

    todo_list.titles.dblclick()

    expect(todo_list.page.get_by_role("textbox", name="Edit")).to_have_value(ATTACK)


def test_shows_markup_as_text_in_a_notice(todo_list: TodoList, person: Person) -> None:
    """A notice quotes such a title as it was typed."""
    person.adds(ATTACK)
    todo_list.open()

    todo_list.pick.click()

    expect(todo_list.status.filter(has_text="Picked: ")).to_have_text(f"Picked: {ATTACK}")


def test_hides_the_session_from_scripts(sign_in: SignIn, person: Person) -> None:
    """The session cookie is HttpOnly: a script on the page cannot read it."""
    sign_in.sign_in(person.email, person.password)
    expect(TodoList(sign_in.page).new_todo).to_be_visible()

    cookies = sign_in.page.evaluate("document.cookie")

    assert cookies == ""


def test_blocks_an_injected_script(page: Page, page_errors: list[str]) -> None:
    """The content security policy blocks an inline script, and the tests notice the attempt."""
    page.route("**/", inject_script)

    page.goto("/")

    assert page.evaluate("window.injected") is None
    assert "Content security policy: script-src-elem" in page_errors
    page_errors.clear()


def inject_script(route: Route) -> None:
    """Add an inline script to the page, as an XSS vulnerability would."""
    answer = route.fetch()
    route.fulfill(response=answer, body=f"{answer.text()}<script>window.injected = true</script>")
