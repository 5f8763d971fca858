"""The session ends while somebody is at work."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jwt
import pytest
from playwright.sync_api import expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.e2e_service import serve
from tests.support.person import Person, make_person
from tests.support.service import ServiceProcess

# Known, so that a token can be made older than it is: no token of the service lasts under a minute.
SECRET = "a secret that signs tokens for one test alone"


@pytest.fixture
def interrupted(todo_list: TodoList, person: Person) -> TodoList:
    """Return a list on which the session ended while one todo was sent and another typed.

    A browser lets the cookie go when its time is over, which is the token's.
    """
    person.adds("Buy milk")
    todo_list.open()
    todo_list.page.context.clear_cookies()
    todo_list.new_todo.fill("Call mother")
    todo_list.item("Buy milk").toggle.check()
    expect(SignIn(todo_list.page).submit).to_be_visible()
    return todo_list


@pytest.fixture
def service(database_url: str, breach_api: str, log: Path) -> Iterator[ServiceProcess]:
    """Return a service that signs with SECRET."""
    with serve(database_url, breach_api, log, SECRET_KEY=SECRET) as service:
        yield service


def test_asks_to_sign_in_again(interrupted: TodoList) -> None:
    """A change after the end of the session leads to the form, which says why."""
    status = SignIn(interrupted.page).status

    expect(
        status.filter(has_text="Your session has ended. Sign in again to go on.")
    ).to_be_visible()


def test_carries_out_what_waited_for_the_sign_in(interrupted: TodoList, person: Person) -> None:
    """The change that met the end of the session is carried out when its author is back."""
    with interrupted.saving(writes=2):
        SignIn(interrupted.page).sign_in(person.email, person.password)

    interrupted.page.reload()
    expect(interrupted.item("Buy milk").toggle).to_be_checked()


def test_keeps_the_unsent_text(interrupted: TodoList, person: Person) -> None:
    """What was typed and not yet sent is back in its box."""
    SignIn(interrupted.page).sign_in(person.email, person.password)

    expect(interrupted.new_todo).to_be_visible()
    expect(interrupted.new_todo).to_have_value("Call mother")


def test_hides_the_former_persons_work(interrupted: TodoList, base_url: str) -> None:
    """Somebody else who signs in on the same page sees nothing of the former person's."""
    stranger = make_person(base_url)

    SignIn(interrupted.page).sign_in(stranger.email, stranger.password)

    expect(interrupted.new_todo).to_have_value("")
    expect(interrupted.items).to_have_count(0)


@pytest.mark.slow
def test_asks_to_sign_in_again_by_itself(service: ServiceProcess, new_context: NewContext) -> None:
    """A page that nobody touches stops showing the list when its token has expired.

    The test is slow: its service is its own, and looks once a second which sessions are over.
    """
    person = make_person(service.address)
    context = new_context(storage_state=with_expired_token(person).as_cookie())
    page = context.new_page()
    page.goto(service.address)
    expect(TodoList(page).new_todo).to_be_visible()

    context.clear_cookies()  # as a browser does at that time

    expect(SignIn(page).status.filter(has_text="Your session has ended.")).to_be_visible()
    expect(SignIn(page).email).to_have_value(person.email)


def with_expired_token(person: Person) -> Person:
    """Return the person with a token that expires now: for some seconds clocks may differ."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    header = jwt.get_unverified_header(person.token)
    expired = jwt.encode(claims | {"exp": int(time.time())}, SECRET, headers=header)
    return replace(person, token=expired)
