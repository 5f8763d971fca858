"""A change made in one browser appears in the person's other browser without a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support.browser import NewContext
from tests.support.person import Person, make_person


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


# Each change, and the todos after it: titles, and whether they are completed.
CHANGES: dict[str, tuple[Callable[[TodoList], None], dict[str, bool]]] = {
    "rename": (
        lambda page: page.item("Buy milk").rename("Buy bread"),
        {"Buy bread": False, "Call mother": True},
    ),
    "complete": (
        lambda page: page.item("Buy milk").toggle.check(),
        {"Buy milk": True, "Call mother": True},
    ),
    "complete all": (
        lambda page: page.toggle_all.check(),
        {"Buy milk": True, "Call mother": True},
    ),
    "delete": (
        lambda page: page.item("Call mother").delete_with_keyboard(),
        {"Buy milk": False},
    ),
    "clear completed": (
        lambda page: page.clear_completed.click(),
        {"Buy milk": False},
    ),
}


@pytest.mark.parametrize(("change", "todos"), CHANGES.values(), ids=CHANGES)
def test_shows_every_kind_of_change(
    todo_list: TodoList,
    other: TodoList,
    person: Person,
    change: Callable[[TodoList], None],
    todos: dict[str, bool],
) -> None:
    """Every kind of change in one browser appears in the other."""
    person.adds("Buy milk")
    person.adds("Call mother", completed=True)
    todo_list.open()
    other.open()

    change(todo_list)

    expect(other.titles).to_have_text(list(todos))
    expect(other.done).to_have_text([title for title, is_done in todos.items() if is_done])


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


def test_tells_a_stranger_nothing(
    todo_list: TodoList, new_context: NewContext, base_url: str
) -> None:
    """The page of another person receives no notification of a change.

    Sibling: tests/unit/adapters/test_live.py::test_tells_a_stranger_nothing.
    """
    stranger = make_person(base_url)
    page = new_context(storage_state=stranger.storage_state()).new_page()
    with page.expect_websocket() as socket:
        TodoList(page).open()
    messages: list[str | bytes] = []
    socket.value.on("framereceived", lambda frame: messages.append(frame))  # noqa: PLW0108 -- Playwright cannot wrap a built-in
    todo_list.open()
    with todo_list.saving():
        todo_list.add("Buy milk")

    stranger.adds("Call mother")

    expect(TodoList(page).titles).to_have_text(["Call mother"])
    assert len(messages) == 1


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
