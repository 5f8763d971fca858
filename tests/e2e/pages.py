"""Page objects: the elements of the page by role and name, and what a person does with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Response, expect


class SignIn:
    """The form in which a person signs in or creates an account."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = page.get_by_label("E-mail")
        self.password = page.get_by_label("Password")
        self.alert = page.get_by_role("alert")
        self.status = page.get_by_role("status")
        self.submit = page.get_by_role("button", name="Sign in", exact=True)
        self.new_here = page.get_by_role("button", name="New here? Create an account")
        self.create = page.get_by_role("button", name="Create account", exact=True)

    def open(self) -> None:
        """Open the page."""
        self.page.goto("/")

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form and submit it."""
        self.email.fill(email)
        self.password.fill(password)
        self.submit.click()

    def sign_up(self, email: str, password: str) -> None:
        """Switch to the form for a new account, fill it in and submit it."""
        self.new_here.click()
        self.email.fill(email)
        self.password.fill(password)
        self.create.click()


class Item:
    """One todo of the list."""

    def __init__(self, row: Locator) -> None:
        self.row = row
        self.title = row.get_by_test_id("todo-title")
        self.toggle = row.get_by_role("checkbox", name="Toggle Todo")
        self.edit_box = row.get_by_role("textbox", name="Edit")
        self.due = row.get_by_label("Due date")
        self.delete = row.get_by_role("button", name="Delete")

    def rename(self, title: str) -> None:
        """Double-click the title, type another one and press Enter."""
        self.title.dblclick()
        self.edit_box.fill(title)
        self.edit_box.press("Enter")

    def delete_with_keyboard(self) -> None:
        """Press Enter on the delete button."""
        self.toggle.focus()
        self.delete.press("Enter")

    def set_due(self, date: str) -> None:
        """Fill in the due date, which appears on hover: YYYY-MM-DD, or "" to clear it."""
        self.row.hover()
        self.due.fill(date)


class TodoList:
    """The list, its filters and its buttons."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.new_todo = page.get_by_role("textbox", name="What needs to be done?")
        self.items = page.get_by_test_id("todo-item")
        self.titles = page.get_by_test_id("todo-title")
        self.done = page.locator(".completed").get_by_test_id("todo-title")
        self.count = page.get_by_test_id("todo-count")
        self.toggle_all = page.get_by_role("checkbox", name="Mark all as complete")
        self.clear_completed = page.get_by_role("button", name="Clear completed")
        self.pick = page.get_by_role("button", name="Pick one for me")
        self.sign_out = page.get_by_role("button", name="Sign out")
        self.alert = page.get_by_role("alert")
        self.status = page.get_by_role("status")

    def open(self, route: str = "#/") -> None:
        """Open the page at one of its routes and wait for the list."""
        self.page.goto(f"/{route}")
        expect(self.new_todo).to_be_visible()

    def add(self, *titles: str) -> None:
        """Type each title into the box for new todos and press Enter."""
        for title in titles:
            self.new_todo.fill(title)
            self.new_todo.press("Enter")

    def item(self, title: str) -> Item:
        """Locate the todo with this title."""
        return Item(self.items.filter(has=self.page.get_by_text(title, exact=True)))

    def filter(self, name: str) -> Locator:
        """Locate the link to one of the filters: All, Active or Completed."""
        return self.page.get_by_role("link", name=name, exact=True)

    def block_websocket(self) -> None:
        """Block the WebSocket, as some proxies do."""
        self.page.route_web_socket("**/api/live*", lambda socket: socket.close())

    @contextmanager
    def saving(self, writes: int = 1) -> Iterator[None]:
        """Wait at the end of the block for the answers to its writes; a reload then shows them."""
        answers: list[Response] = []

        def is_last(response: Response) -> bool:
            if response.request.method != "GET":
                answers.append(response)
            return len(answers) == writes

        with self.page.expect_response(is_last):
            yield
