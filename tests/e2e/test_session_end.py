"""The session ends while the person is using the page."""

import time

import jwt
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.e2e_service import SECRET_KEY
from tests.support.person import Person, make_person


@pytest.fixture
def interrupted(todo_list: TodoList, person: Person) -> TodoList:
    """End the session while one change is in flight and a new todo is being typed.

    A browser deletes the cookie when it expires, at the same time as its token.
    """
    person.adds("Buy milk")
    todo_list.open()
    todo_list.page.context.clear_cookies()
    todo_list.new_todo.fill("Call mother")
    todo_list.item("Buy milk").toggle.check()
    expect(SignIn(todo_list.page).submit).to_be_visible()
    return todo_list


def test_asks_to_sign_in_again(interrupted: TodoList) -> None:
    """A change after the end of the session leads to the form, which gives the reason."""
    status = SignIn(interrupted.page).status

    expect(
        status.filter(has_text="Your session has ended. Sign in again to go on.")
    ).to_be_visible()


def test_saves_the_pending_change_after_signing_in(interrupted: TodoList, person: Person) -> None:
    """The change that failed because the session had ended is saved after signing in again."""
    with interrupted.saving(writes=2):
        SignIn(interrupted.page).sign_in(person.email, person.password)

    interrupted.page.reload()
    expect(interrupted.item("Buy milk").toggle).to_be_checked()


def test_keeps_the_unsent_text(interrupted: TodoList, person: Person) -> None:
    """Text that was typed but not sent is in its box again."""
    SignIn(interrupted.page).sign_in(person.email, person.password)

    expect(interrupted.new_todo).to_be_visible()
    expect(interrupted.new_todo).to_have_value("Call mother")


def test_hides_the_work_of_the_previous_person(interrupted: TodoList, base_url: str) -> None:
    """Another person who signs in on the same page sees no text and no todos of the first one."""
    other_person = make_person(base_url)

    SignIn(interrupted.page).sign_in(other_person.email, other_person.password)

    expect(interrupted.new_todo).to_have_value("")
    expect(interrupted.items).to_have_count(0)


@pytest.mark.slow
def test_asks_to_sign_in_again_by_itself(
    context: BrowserContext, todo_list: TodoList, person: Person
) -> None:
    """A page that nobody touches hides the list when its token has expired.

    The test is slow: the service looks for expired sessions once a second.
    """
    expire_token(context)
    todo_list.open()

    context.clear_cookies()  # a browser deletes the cookie when it expires

    form = SignIn(todo_list.page)
    expect(form.status.filter(has_text="Your session has ended.")).to_be_visible()
    expect(form.email).to_have_value(person.email)


def expire_token(context: BrowserContext) -> None:
    """Let the token of the session expire now: the service still accepts it for ten seconds.

    The service allows for clocks that differ. No token of its own expires within a minute.
    """
    state = context.storage_state()
    [cookie] = state["cookies"]
    claims = jwt.decode(cookie["value"], options={"verify_signature": False})
    header = jwt.get_unverified_header(cookie["value"])
    cookie["value"] = jwt.encode(claims | {"exp": int(time.time())}, SECRET_KEY, headers=header)
    context.set_storage_state(state)
