"""The page while its files or the service's answers take long to arrive."""

from playwright.sync_api import Page, Route, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person


def hold(page: Page, address: str) -> list[Route]:
    """Hold requests to this address back: each appears in the list, to be continued."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108 -- Playwright cannot wrap a built-in
    return held


def test_shows_the_form_before_its_scripts(new_context: NewContext) -> None:
    """A new visitor sees the form at once, and cannot send it before the page can handle it."""
    page = new_context().new_page()
    page.route("**/*.js", lambda _never_answered: None)

    page.goto("/", wait_until="commit")

    expect(SignIn(page).password).to_be_visible()
    expect(SignIn(page).submit).to_be_disabled()


def test_keeps_what_was_typed_before_the_scripts_arrived(
    new_context: NewContext, person: Person
) -> None:
    """A person may fill in the form while the page's scripts are still on their way."""
    form = SignIn(new_context().new_page())
    held = hold(form.page, "**/main.js")
    form.page.goto("/", wait_until="commit")
    form.email.fill(person.email)
    form.password.fill(person.password)

    held[0].continue_()
    form.submit.click()

    expect(TodoList(form.page).new_todo).to_be_visible()


def test_shows_no_form_to_a_person_who_is_signed_in(todo_list: TodoList) -> None:
    """Until the list has arrived, a person who is signed in sees that it is loading."""
    todo_list.page.route("**/*.js", lambda _never_answered: None)

    todo_list.page.goto("/", wait_until="commit")

    expect(todo_list.status.filter(has_text="Loading…")).to_be_visible()
    expect(SignIn(todo_list.page).password).to_be_hidden()


def test_asks_for_the_account_and_the_list_at_the_same_time(page: Page) -> None:
    """The page does not wait for one answer before it sends the other request."""
    page.route("**/api/users/me", lambda _never_answered: None)

    with page.expect_response("**/api/todos") as list_answer:
        page.goto("/")

    assert list_answer.value.ok


def test_shows_a_change_that_is_made_while_the_page_opens(
    todo_list: TodoList, person: Person
) -> None:
    """A change made after the list was fetched, but before it is shown, appears as well."""
    held = hold(todo_list.page, "**/api/users/me")
    with (
        todo_list.page.expect_websocket() as socket,
        todo_list.page.expect_response("**/api/todos"),
    ):
        todo_list.page.goto("/")
    with socket.value.expect_event("framereceived"):
        person.adds("Buy milk")

    held[0].continue_()

    expect(todo_list.titles).to_have_text(["Buy milk"])
