"""The states of the page: each function leads to one, and locates an element that shows it.

The states of the form start before the sign-in, and those of the list with three todos.
"""

from collections.abc import Callable

from playwright.sync_api import Locator

from tests.e2e.pages import SignIn, TodoList
from tests.support.breach_api import BREACHED_PASSWORD
from tests.support.factories import make_email, make_password

TOO_LONG = 201 * "x"


def _submit_empty_fields(form: SignIn) -> Locator:
    form.submit.click()
    return form.page.get_by_text("Please fill this in.").first


def _give_a_wrong_password(form: SignIn) -> Locator:
    form.sign_in(make_email(), "not the password")
    return form.alert.filter(has_text="is wrong")


def _switch_to_sign_up(form: SignIn) -> Locator:
    form.new_here.click()
    return form.create


def _give_a_malformed_email(form: SignIn) -> Locator:
    form.sign_up("ada@", make_password())
    return form.page.get_by_text("such as ada@example.org")


def _give_a_breached_password(form: SignIn) -> Locator:
    form.sign_up(make_email(), BREACHED_PASSWORD)
    return form.page.get_by_text("data breaches")


FORM: dict[str, Callable[[SignIn], Locator]] = {
    "sign in": lambda form: form.submit,
    "empty fields": _submit_empty_fields,
    "wrong password": _give_a_wrong_password,
    "sign up": _switch_to_sign_up,
    "malformed e-mail": _give_a_malformed_email,
    "breached password": _give_a_breached_password,
}


def _empty_the_list(todo_list: TodoList) -> Locator:
    todo_list.toggle_all.check()
    todo_list.clear_completed.click()
    return todo_list.page.get_by_text("Nothing to do yet.")


def _empty_the_filter(todo_list: TodoList) -> Locator:
    todo_list.toggle_all.check()
    todo_list.filter("Active").click()
    return todo_list.page.get_by_text("Nothing left to do.")


def _hover_over_a_todo(todo_list: TodoList) -> Locator:
    todo_list.item("Buy milk").row.hover()
    return todo_list.item("Buy milk").delete


def _focus_delete(todo_list: TodoList) -> Locator:
    item = todo_list.item("Buy milk")
    item.toggle.focus()
    item.delete.focus()
    return item.delete


def _focus_due_date(todo_list: TodoList) -> Locator:
    item = todo_list.item("Buy milk")
    item.toggle.focus()
    item.due.focus()
    return item.due


def _edit(todo_list: TodoList) -> Locator:
    item = todo_list.item("Buy milk")
    item.title.dblclick()
    return item.edit_box


def _edit_too_long(todo_list: TodoList) -> Locator:
    todo_list.item("Buy milk").rename(TOO_LONG)
    return todo_list.alert.filter(has_text="200 characters")


def _add_too_long(todo_list: TodoList) -> Locator:
    todo_list.add(TOO_LONG)
    return todo_list.alert.filter(has_text="200 characters")


def _pick(todo_list: TodoList) -> Locator:
    todo_list.pick.click()
    return todo_list.page.locator("[data-picked]")


def _lose_the_connection(todo_list: TodoList) -> Locator:
    todo_list.page.context.set_offline(True)
    todo_list.add("Buy bread")
    return todo_list.status.filter(has_text="The connection is lost.")


def _reconnect_after_a_lost_change(todo_list: TodoList) -> Locator:
    _lose_the_connection(todo_list).wait_for()
    todo_list.page.context.set_offline(False)
    return todo_list.alert.filter(has_text="Could not add Buy bread.")


def _end_the_session(todo_list: TodoList) -> Locator:
    todo_list.page.context.clear_cookies()
    todo_list.item("Buy milk").toggle.check()
    return SignIn(todo_list.page).status.filter(has_text="Your session has ended.")


def _fail_to_load(todo_list: TodoList) -> Locator:
    todo_list.page.route("**/api/users/me", lambda route: route.abort("internetdisconnected"))
    todo_list.page.reload()
    return todo_list.page.get_by_role("button", name="Try again")


def _keep_loading(todo_list: TodoList) -> Locator:
    todo_list.page.route("**/api/users/me", lambda _never_answered: None)
    todo_list.page.reload()
    return todo_list.page.get_by_text("Loading…")


LIST: dict[str, Callable[[TodoList], Locator]] = {
    "list": lambda todo_list: todo_list.clear_completed,
    "empty list": _empty_the_list,
    "empty filter": _empty_the_filter,
    "hover": _hover_over_a_todo,
    "delete focused": _focus_delete,
    "due date focused": _focus_due_date,
    "editing": _edit,
    "edited too long": _edit_too_long,
    "new todo too long": _add_too_long,
    "picked": _pick,
    "connection lost": _lose_the_connection,
    "change undone": _reconnect_after_a_lost_change,
    "session ended": _end_the_session,
    "not loaded": _fail_to_load,
    "loading": _keep_loading,
}
