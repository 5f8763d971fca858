"""A page fetches the list no more often than it must."""

from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


def test_does_not_fetch_its_own_changes(todo_list: TodoList, person: Person) -> None:
    """A page ignores notifications of its own changes, and fetches the list only for others."""
    with todo_list.page.expect_websocket() as socket:
        todo_list.open()
    fetched = fetches_of(todo_list.page)
    with todo_list.saving(), socket.value.expect_event("framereceived"):
        todo_list.add("Buy milk")

    person.adds("Call mother")

    expect(todo_list.titles).to_have_text(["Buy milk", "Call mother"])
    assert len(fetched) == 1


def test_coalesces_notifications_into_one_fetch(todo_list: TodoList, person: Person) -> None:
    """Any number of notifications during a fetch lead to one more fetch."""
    held: list[Route] = []
    with todo_list.page.expect_websocket() as socket:
        todo_list.open()
    fetched = fetches_of(todo_list.page)
    todo_list.page.route("**/api/todos", lambda route: held.append(route), times=1)  # noqa: PLW0108 -- Playwright cannot wrap a built-in
    with todo_list.page.expect_request("**/api/todos"):
        person.adds("First")
    for title in ("Second", "Third"):
        with socket.value.expect_event("framereceived"):
            person.adds(title)

    held[0].continue_()

    with todo_list.saving():  # this change waits for every earlier fetch
        todo_list.add("Fourth")
    assert len(fetched) == 2


def fetches_of(page: Page) -> list[Request]:
    """Collect the GET requests that the page sends from now on."""
    fetches: list[Request] = []
    page.on("request", lambda sent: fetches.append(sent) if sent.method == "GET" else None)
    return fetches
