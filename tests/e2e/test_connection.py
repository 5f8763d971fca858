"""The connection is lost, restored, or blocked from the start."""

import psycopg
import pytest
from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person, make_person
from tests.support.service import ServiceProcess
from tests.support.waiting import PAGE_MILLISECONDS

# The longest backoff between two attempts of a page to reconnect.
MAX_BACKOFF_MILLISECONDS = 30_000 + PAGE_MILLISECONDS


@pytest.fixture
def other_person(restartable_service: ServiceProcess) -> Person:
    """Sign up a person at the service that may be killed."""
    return make_person(restartable_service.address)


@pytest.fixture
def their_list(
    restartable_service: ServiceProcess, other_person: Person, new_context: NewContext
) -> TodoList:
    """Open that person's list."""
    todo_list = TodoList(new_context(storage_state=other_person.storage_state()).new_page())
    todo_list.page.goto(restartable_service.address)
    expect(todo_list.new_todo).to_be_visible()
    return todo_list


@pytest.mark.slow
def test_announces_a_lost_and_restored_connection(
    their_list: TodoList, restartable_service: ServiceProcess
) -> None:
    """The page announces that the service is gone, and later that it is back.

    The test is slow: it restarts a service.
    """
    restartable_service.kill()
    expect(lost(their_list)).to_be_visible()

    restartable_service.start()

    back = their_list.status.filter(has_text="The connection is back.")
    expect(back).to_be_visible(timeout=MAX_BACKOFF_MILLISECONDS)
    expect(lost(their_list)).to_be_hidden()


@pytest.mark.slow
def test_catches_up_after_a_lost_connection(
    their_list: TodoList, other_person: Person, restartable_service: ServiceProcess, base_url: str
) -> None:
    """Changes made elsewhere during an outage appear, and changes made on the page are saved.

    The test is slow: it restarts a service.
    """
    restartable_service.kill()
    expect(lost(their_list)).to_be_visible()
    other_person.at(base_url).adds("Buy milk")
    their_list.add("Call mother")

    restartable_service.start()

    expect(their_list.titles).to_have_text(
        ["Buy milk", "Call mother"], timeout=MAX_BACKOFF_MILLISECONDS
    )
    expect(their_list.alert.filter(has_text="Could not")).to_be_hidden()


def test_catches_up_after_a_short_gap(todo_list: TodoList, person: Person) -> None:
    """A change made between two connections appears, even if no attempt to connect failed."""
    connections: list[WebSocketRoute] = []

    def connect(page_side: WebSocketRoute) -> None:
        if connections:
            person.adds("Buy milk")
        connections.append(page_side)
        page_side.connect_to_server()

    todo_list.page.route_web_socket("**/api/live*", connect)
    todo_list.open()

    connections[0].close(code=1001)

    expect(todo_list.titles).to_have_text(["Buy milk"])
    expect(lost(todo_list)).to_be_hidden()


@pytest.mark.slow
def test_shows_a_change_until_its_outcome_is_known(
    todo_list: TodoList, database_url: str, page_errors: list[str]
) -> None:
    """An optimistic update stays on the list until the page knows whether it was saved.

    The test is slow: the service waits for the database until a timeout, then answers 503.
    """
    todo_list.open()

    with psycopg.connect(database_url) as operator:
        operator.execute("LOCK TABLE todos")  # like a migration
        todo_list.add("Buy milk")
        expect(lost(todo_list)).to_be_visible()
        expect(todo_list.titles).to_have_text(["Buy milk"])

    expect(todo_list.alert.filter(has_text="Could not add Buy milk.")).to_be_visible()
    assert all("503" in error for error in page_errors)
    page_errors.clear()


@pytest.mark.slow
def test_asks_to_sign_in_when_the_session_ended_during_an_outage(
    their_list: TodoList, restartable_service: ServiceProcess
) -> None:
    """A page that cannot reconnect because its session has ended shows the form.

    The test is slow: it restarts a service.
    """
    their_list.page.context.clear_cookies()

    restartable_service.kill()
    restartable_service.start()

    form = SignIn(their_list.page).status.filter(has_text="Your session has ended.")
    expect(form).to_be_visible(timeout=MAX_BACKOFF_MILLISECONDS)


def test_works_without_websocket(todo_list: TodoList) -> None:
    """The page works behind a proxy that blocks WebSocket, and shows no error."""
    todo_list.block_websocket()
    todo_list.open()

    with todo_list.saving():
        todo_list.add("Buy milk")

    todo_list.page.reload()
    expect(todo_list.titles).to_have_text(["Buy milk"])
    expect(lost(todo_list)).to_be_hidden()


def lost(todo_list: TodoList) -> Locator:
    """Locate the message that the connection is lost."""
    return todo_list.status.filter(has_text="The connection is lost.")
