"""A change made in one browser appears in the person's other browser without a reload."""

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person


@pytest.fixture
def other(new_context: NewContext, person: Person) -> TodoList:
    """Sign the person in in a second browser; the test opens the list."""
    return TodoList(new_context(storage_state=person.storage_state()).new_page())


def test_tells_of_a_committed_change(todo_list: TodoList, other: TodoList) -> None:
    """A todo that is added in one browser appears in the other.

    Siblings: tests/unit/adapters/test_live.py::test_tells_of_a_committed_change,
    tests/integration/live/test_live_updates.py::test_tells_of_a_committed_change.
    """
    todo_list.open()
    other.open()

    todo_list.add("Buy milk")

    expect(other.titles).to_have_text(["Buy milk"])


def test_marks_what_was_completed_elsewhere(two_todos: TodoList, other: TodoList) -> None:
    """Rows that exist on both pages change in place.

    That each kind of write sends a notification is tested in tests/integration/database.
    """
    other.open()

    two_todos.toggle_all.check()

    expect(other.done).to_have_text(["Buy milk", "Call mother"])


def test_removes_what_was_deleted_elsewhere(two_todos: TodoList, other: TodoList) -> None:
    """A row whose todo no longer exists disappears from the other page."""
    other.open()

    two_todos.item("Buy milk").delete_with_keyboard()

    expect(other.titles).to_have_text(["Call mother"])


@pytest.mark.slow
def test_misses_no_change_while_it_opens(todo_list: TodoList, person: Person) -> None:
    """A change made after the list was fetched and before the WebSocket opens still appears.

    The test is slow: before a page fetches the list, it waits a second for the WebSocket.
    """

    def connect_late(page_side: WebSocketRoute) -> None:
        fetched.value.finished()
        person.adds("Buy milk")
        page_side.connect_to_server()

    todo_list.page.route_web_socket("**/api/live*", connect_late)

    with todo_list.page.expect_response("**/api/todos") as fetched:
        todo_list.open()

    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_reconnects_after_signing_in_again(todo_list: TodoList, person: Person) -> None:
    """Signing out closes the WebSocket, and signing in on the same page opens another."""
    with todo_list.page.expect_websocket() as socket:
        todo_list.open()
    with socket.value.expect_event("close"):
        todo_list.sign_out.click()
    SignIn(todo_list.page).sign_in(person.email, person.password)
    expect(todo_list.new_todo).to_be_visible()

    person.adds("Buy milk")

    expect(todo_list.titles).to_have_text(["Buy milk"])
