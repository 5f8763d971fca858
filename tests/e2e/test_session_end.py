"""The session ends while somebody is at work."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import SignIn, TodoList
from tests.e2e.person import Person, some_person


@pytest.fixture
def interrupted(todo_list: TodoList, person: Person) -> TodoList:
    """Return a list on which the session ended while one todo was sent and another typed."""
    person.adds("Buy milk")
    todo_list.open()
    todo_list.page.context.clear_cookies()
    todo_list.new_todo.fill("Call mother")
    todo_list.item("Buy milk").toggle.check()
    expect(SignIn(todo_list.page).submit).to_be_visible()
    return todo_list


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
    stranger = some_person(base_url)

    SignIn(interrupted.page).sign_in(stranger.email, stranger.password)

    expect(interrupted.new_todo).to_have_value("")
    expect(interrupted.items).to_have_count(0)
