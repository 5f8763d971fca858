"""Pages of other sites, opened in a browser in which the person is signed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_httpserver import HTTPServer

from tests.e2e.pages import SignIn, TodoList
from tests.support.person import Person, make_person

HTML = """
    <title>Win a prize</title>
    <form method="post" enctype="text/plain" action="{site}/api/todos"><button>Win</button></form>
    <iframe src="{site}/"></iframe>
"""
FETCH = """
    ([method, url]) =>
      fetch(url, {method, credentials: 'include'}).then(() => 'answered', () => 'refused')
"""
OPEN_WEBSOCKET = """
    (url) => new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve('open');
      socket.onclose = () => resolve('refused');
    })
"""


@pytest.fixture(scope="module")
def foreign_address(base_url: str) -> Iterator[str]:
    """Serve on another port: another origin, but to a cookie the same site."""
    with HTTPServer(host="127.0.0.1", port=0) as server:
        html = HTML.format(site=base_url)
        server.expect_request("/").respond_with_data(html, content_type="text/html")
        yield server.url_for("/")


@pytest.fixture
def foreign_page(
    context: BrowserContext, foreign_address: str, page_errors: list[str]
) -> Iterator[Page]:
    """Open the other site's page, and accept that the browser reports each request it blocked."""
    page = context.new_page()
    page.goto(foreign_address)
    yield page
    page.close()
    page_errors.clear()


def test_another_page_cannot_send_a_form(foreign_page: Page) -> None:
    """A form of another site is rejected, even though the person clicked its button."""
    with foreign_page.expect_response("**/api/todos") as answer:
        foreign_page.get_by_role("button", name="Win").click()

    assert answer.value.status == 403


def test_another_page_cannot_read_the_list(foreign_page: Page, base_url: str) -> None:
    """A script of another site cannot read the list: there is no CORS."""
    outcome = foreign_page.evaluate(FETCH, ["GET", f"{base_url}/api/todos"])

    assert outcome == "refused"


def test_another_page_cannot_delete(
    foreign_page: Page, todo_list: TodoList, person: Person, base_url: str
) -> None:
    """A script of another site cannot delete the todos."""
    person.adds("Buy milk")

    foreign_page.evaluate(FETCH, ["DELETE", f"{base_url}/api/todos"])

    todo_list.open()
    expect(todo_list.titles).to_have_text(["Buy milk"])


def test_another_page_cannot_open_a_websocket(foreign_page: Page, base_url: str) -> None:
    """The service rejects a WebSocket from another origin; the browser would allow it."""
    outcome = foreign_page.evaluate(OPEN_WEBSOCKET, f"{base_url.replace('http', 'ws')}/api/live")

    assert outcome == "refused"


def test_another_page_cannot_frame_our_page(foreign_page: Page) -> None:
    """Our page does not appear in a frame of another site, which prevents clickjacking."""
    heading = foreign_page.frame_locator("iframe").get_by_role("heading", name="todos")

    expect(heading).to_have_count(0)


@pytest.fixture
def stranger(base_url: str) -> Person:
    """Create the account into which another page tries to put the person."""
    return make_person(base_url)


def toss(page: Page, stranger: Person, *paths: str) -> None:
    """Open a page on another port, which sets the stranger's token as our cookie."""
    cookie = f"{stranger.cookie.name}={stranger.token}"
    headers = [("Set-Cookie", f"{cookie}; Path={path}") for path in paths]
    with HTTPServer(host="127.0.0.1", port=0) as server:
        server.expect_request("/").respond_with_data(headers=headers)
        page.goto(server.url_for("/"))


@pytest.mark.parametrize("path", ["/api", "/api/todos"])
def test_refuses_two_session_cookies(
    path: str, todo_list: TodoList, person: Person, stranger: Person
) -> None:
    """Nobody gets into a stranger's account: a person signs in once more and finds their own list.

    Sibling: tests/unit/api/test_cookies.py::test_refuses_two_session_cookies.
    """
    stranger.adds("The stranger's")
    person.adds("My own")
    toss(todo_list.page, stranger, path)

    todo_list.page.goto("/")

    SignIn(todo_list.page).sign_in(person.email, person.password)
    expect(todo_list.titles).to_have_text(["My own"])


def test_signing_out_ends_the_cookie_of_another_page(todo_list: TodoList, stranger: Person) -> None:
    """After signing out nobody is signed in, whatever cookies another page has set."""
    todo_list.open()
    toss(todo_list.page.context.new_page(), stranger, "/api/users", "/api/todos", "/api/live")

    todo_list.sign_out.click()

    form = SignIn(todo_list.page)
    expect(form.submit).to_be_visible()
    todo_list.page.reload()
    expect(form.submit).to_be_visible()
