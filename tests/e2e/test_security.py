"""What an attacker who writes on our page gets to do there: nothing."""

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


def test_attacks_are_text_on_the_list(todo_list: TodoList, person: Person) -> None:
    """Titles that look like programs are shown as they were typed, also as news from elsewhere."""
    todo_list.open()

    for attack in ATTACKS:
        person.adds(attack)

    expect(todo_list.titles).to_have_text(ATTACKS)


def test_an_attack_is_text_while_it_is_edited(todo_list: TodoList, person: Person) -> None:
    """The box that edits such a title holds it as it was typed."""
    person.adds(ATTACK)
    todo_list.open()

    todo_list.titles.dblclick()

    expect(todo_list.page.get_by_role("textbox", name="Edit")).to_have_value(ATTACK)


def test_an_attack_is_text_in_a_notice(todo_list: TodoList, person: Person) -> None:
    """What the page says aloud repeats such a title as it was typed."""
    person.adds(ATTACK)
    todo_list.open()

    todo_list.pick.click()

    expect(todo_list.status.filter(has_text="Picked: ")).to_have_text(f"Picked: {ATTACK}")


def test_hides_the_session_from_scripts(sign_in: SignIn, person: Person) -> None:
    """The cookie that a sign-in leaves cannot be read by a script on the page."""
    sign_in.sign_in(person.email, person.password)
    expect(TodoList(sign_in.page).new_todo).to_be_visible()

    cookies = sign_in.page.evaluate("document.cookie")

    assert cookies == ""


def test_runs_no_script_that_got_into_the_page(page: Page, page_errors: list[str]) -> None:
    """Should a hole let a script into the page, its policy stops it, and these tests notice."""
    page.route("**/", add_script)

    page.goto("/")

    assert page.evaluate("window.gotIn") is None
    assert "Content security policy: script-src-elem" in page_errors
    page_errors.clear()


def add_script(route: Route) -> None:
    """Pass on the page that the service sent, with a script added: the hole that it has not."""
    answer = route.fetch()
    route.fulfill(response=answer, body=f"{answer.text()}<script>window.gotIn = true</script>")
