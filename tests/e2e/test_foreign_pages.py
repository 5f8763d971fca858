"""Other people's pages, open in a browser in which the person is signed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_httpserver import HTTPServer

from tests.e2e.pages import TodoList
from tests.support.person import Person

HTML = """
    <title>Win a prize</title>
    <form method="post" enctype="text/plain" action="{site}/api/todos"><button>Win</button></form>
    <iframe src="{site}/"></iframe>
"""
ASK = """
    ([method, url]) =>
      fetch(url, {method, credentials: 'include'}).then(() => 'answered', () => 'refused')
"""
FOLLOW = """
    (url) => new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve('open');
      socket.onclose = () => resolve('refused');
    })
"""


@pytest.fixture
def foreign_page(context: BrowserContext, person: Person, page_errors: list[str]) -> Iterator[Page]:
    """Return a page on another port of our host: it is foreign, but brings our cookie along."""
    with HTTPServer(host="127.0.0.1", port=0) as server:
        html = HTML.format(site=person.site)
        server.expect_request("/").respond_with_data(html, content_type="text/html")
        page = context.new_page()
        page.goto(server.url_for("/"))
        yield page
        page.close()
    page_errors.clear()  # there the browser said what it refused


def test_another_page_cannot_send_a_form(foreign_page: Page) -> None:
    """A form of another page is refused, although the person clicked on it."""
    with foreign_page.expect_response("**/api/todos") as answer:
        foreign_page.get_by_role("button", name="Win").click()

    assert answer.value.status == 403


def test_another_page_cannot_read(foreign_page: Page, base_url: str) -> None:
    """What is on the list stays between the person and our page."""
    outcome = foreign_page.evaluate(ASK, ["GET", f"{base_url}/api/todos"])

    assert outcome == "refused"


def test_another_page_cannot_delete(
    foreign_page: Page, todo_list: TodoList, person: Person, base_url: str
) -> None:
    """A script of another page changes nothing on the list."""
    person.adds("Buy milk")

    foreign_page.evaluate(ASK, ["DELETE", f"{base_url}/api/todos"])

    todo_list.open()
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_another_page_cannot_follow(foreign_page: Page, base_url: str) -> None:
    """A WebSocket from another page is not opened, though browsers would allow it."""
    outcome = foreign_page.evaluate(FOLLOW, f"{base_url.replace('http', 'ws')}/api/live")

    assert outcome == "refused"


def test_another_page_cannot_frame_ours(foreign_page: Page) -> None:
    """Our page does not show within another, which could lay something else over it."""
    heading = foreign_page.frame_locator("iframe").get_by_role("heading", name="todos")

    expect(heading).to_have_count(0)
