"""The connection is lost, comes back, or was never to be had."""

import psycopg
import pytest
from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person, make_person
from tests.support.service import ServiceProcess

# As long as a page waits at most before it tries again.
LONGEST_WAIT_MILLISECONDS = 31_000


@pytest.fixture
def somebody(restartable_service: ServiceProcess) -> Person:
    """Return a person with an account at the service that may be killed."""
    return make_person(restartable_service.address)


@pytest.fixture
def their_list(
    restartable_service: ServiceProcess, somebody: Person, new_context: NewContext
) -> TodoList:
    """Return that person's list, open."""
    todo_list = TodoList(new_context(storage_state=somebody.storage_state()).new_page())
    todo_list.page.goto(restartable_service.address)
    expect(todo_list.new_todo).to_be_visible()
    return todo_list


@pytest.mark.slow
def test_says_that_the_connection_is_lost_and_back(
    their_list: TodoList, restartable_service: ServiceProcess
) -> None:
    """A page whose service is gone says so by itself, and takes it back when that has returned.

    The test is slow: it has a service of its own, and starts it twice.
    """
    restartable_service.kill()
    expect(lost(their_list)).to_be_visible()

    restartable_service.start()

    back = their_list.status.filter(has_text="The connection is back.")
    expect(back).to_be_visible(timeout=LONGEST_WAIT_MILLISECONDS)
    expect(lost(their_list)).to_be_hidden()


@pytest.mark.slow
def test_catches_up_after_a_lost_connection(
    their_list: TodoList, somebody: Person, restartable_service: ServiceProcess, base_url: str
) -> None:
    """What changed while the page heard nothing, and what was done on it, are both there.

    The test is slow: it has a service of its own, and starts it twice.
    """
    restartable_service.kill()
    expect(lost(their_list)).to_be_visible()
    somebody.at(base_url).adds("Buy milk")
    their_list.add("Call mother")

    restartable_service.start()

    expect(their_list.titles).to_have_text(
        ["Buy milk", "Call mother"], timeout=LONGEST_WAIT_MILLISECONDS
    )
    expect(their_list.alert.filter(has_text="Could not")).to_be_hidden()


def test_catches_up_after_a_short_gap(todo_list: TodoList, person: Person) -> None:
    """What changed between a connection and the next is there, although no attempt failed."""
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
def test_keeps_a_change_while_the_database_is_away(
    todo_list: TodoList, database_url: str, page_errors: list[str]
) -> None:
    """A change without an answer stays on the list until it is known what became of it.

    The test is slow: the service waits for the database before it says that it is away.
    """
    todo_list.open()

    with psycopg.connect(database_url) as operator:
        operator.execute("LOCK TABLE todos")  # as work on the table does
        todo_list.add("Buy milk")
        expect(lost(todo_list)).to_be_visible()
        expect(todo_list.titles).to_have_text(["Buy milk"])

    expect(todo_list.alert.filter(has_text="Could not add Buy milk.")).to_be_visible()
    assert all("503" in fault for fault in page_errors)
    page_errors.clear()


@pytest.mark.slow
def test_asks_to_sign_in_when_the_session_ended_meanwhile(
    their_list: TodoList, restartable_service: ServiceProcess
) -> None:
    """A page that cannot connect because its session is over leads to the form by itself.

    The test is slow: it has a service of its own, and starts it twice.
    """
    their_list.page.context.clear_cookies()

    restartable_service.kill()
    restartable_service.start()

    form = SignIn(their_list.page).status.filter(has_text="Your session has ended.")
    expect(form).to_be_visible(timeout=LONGEST_WAIT_MILLISECONDS)


def test_keeps_a_list_without_websocket(todo_list: TodoList) -> None:
    """Where a proxy lets no WebSocket through, the page works and complains of nothing."""
    todo_list.block_websocket()
    todo_list.open()

    with todo_list.saving():
        todo_list.add("Buy milk")

    todo_list.page.reload()
    expect(todo_list.titles).to_have_text(["Buy milk"])
    expect(lost(todo_list)).to_be_hidden()


def lost(todo_list: TodoList) -> Locator:
    """Return the line that says that the connection is lost."""
    return todo_list.status.filter(has_text="The connection is lost.")
