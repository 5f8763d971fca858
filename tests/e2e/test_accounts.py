"""Signing up, signing in and signing out."""

import re

from playwright.sync_api import Route, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.breach_api import BREACHED_PASSWORD
from tests.support.factories import make_email, make_password
from tests.support.person import Person


def test_signs_up_and_completes_the_first_todo(sign_in: SignIn) -> None:
    """A new person creates an account, adds a todo and completes it."""
    todo_list = TodoList(sign_in.page)

    sign_in.sign_up(make_email(), make_password())
    todo_list.add("Buy milk")
    todo_list.item("Buy milk").toggle.check()

    expect(todo_list.count).to_have_text("0 items left")


def test_signs_in_to_the_same_list(sign_in: SignIn, person: Person) -> None:
    """A person who signs in again finds the todos from before."""
    person.adds("Buy milk")

    sign_in.sign_in(person.email, person.password)

    expect(TodoList(sign_in.page).titles).to_have_text(["Buy milk"])


def test_refuses_a_wrong_password(sign_in: SignIn, person: Person) -> None:
    """A wrong password is rejected with a message that a screen reader announces.

    Siblings: tests/unit/api/test_sessions.py::test_refuses_a_wrong_password,
    tests/integration/api/test_accounts.py::test_refuses_a_wrong_password.
    """
    sign_in.sign_in(person.email, "not the password")

    expect(sign_in.alert.filter(has_text="e-mail or the password is wrong")).to_be_visible()


def test_explains_that_cookies_are_blocked(sign_in: SignIn, person: Person) -> None:
    """A browser that keeps no cookie is the reason why a right password leads back to the form."""

    def drop_cookie(route: Route) -> None:
        response = route.fetch()
        sign_in.page.context.clear_cookies()
        headers = {name: response.headers[name] for name in ("content-type", "cache-control")}
        route.fulfill(response=response, headers=headers)

    sign_in.page.route("**/api/sessions", drop_cookie)

    sign_in.sign_in(person.email, person.password)

    expect(sign_in.alert.filter(has_text="allow cookies")).to_be_visible()
    expect(sign_in.email).to_have_value(person.email)


def test_refuses_a_breached_password(sign_in: SignIn) -> None:
    """A password known from data breaches is rejected in a message at its field.

    Siblings: tests/unit/api/test_accounts.py::test_refuses_a_breached_password,
    tests/integration/api/test_accounts.py::test_refuses_a_breached_password.
    """
    sign_in.sign_up(make_email(), BREACHED_PASSWORD)

    expect(sign_in.password).to_have_accessible_description(re.compile("data breaches"))


def test_explains_why_an_email_is_malformed(sign_in: SignIn) -> None:
    """A malformed e-mail is marked as invalid, and its field explains what is expected."""
    sign_in.sign_up("ada@", make_password())

    expect(sign_in.email).to_have_attribute("aria-invalid", "true")
    expect(sign_in.email).to_have_accessible_description(re.compile("such as ada@example.org"))


def test_signs_out(todo_list: TodoList) -> None:
    """The form appears after signing out, and stays after a reload."""
    todo_list.open()

    todo_list.sign_out.click()

    form = SignIn(todo_list.page)
    expect(form.submit).to_be_visible()
    todo_list.page.reload()
    expect(form.submit).to_be_visible()


def test_signs_out_in_every_tab(todo_list: TodoList) -> None:
    """Signing out in one tab hides the list in every other tab of the same browser."""
    other_tab = TodoList(todo_list.page.context.new_page())
    other_tab.open()
    todo_list.open()

    todo_list.sign_out.click()

    expect(SignIn(other_tab.page).submit).to_be_visible()
