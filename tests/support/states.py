"""The states in which a person can find the page: how they get there, and what shows it.

Those of the form begin with the form of a stranger; those of the list with a list of three.
"""

from collections.abc import Callable

from playwright.sync_api import Locator

from tests.e2e.pages import SignIn, TodoList
from tests.support.breach_api import BREACHED_PASSWORD
from tests.support.factories import make_email, make_password

TOO_LONG = 201 * "x"


def _fill_in_nothing(form: SignIn) -> Locator:
    form.submit.click()
    return form.page.get_by_text("Please fill this in.").first


def _give_a_wrong_password(form: SignIn) -> Locator:
    form.sign_in(make_email(), "not the password")
    return form.alert.filter(has_text="is wrong")


def _want_an_account(form: SignIn) -> Locator:
    form.new_here.click()
    return form.create


def _give_a_malformed_email(form: SignIn) -> Locator:
    form.sign_up("ada@", make_password())
    return form.page.get_by_text("such as ada@example.org")


def _give_a_breached_password(form: SignIn) -> Locator:
    form.sign_up(make_email(), BREACHED_PASSWORD)
    return form.page.get_by_text("data breaches")


def _fail_to_load(form: SignIn) -> Locator:
    form.page.route("**/api/users/me", lambda route: route.abort("internetdisconnected"))
    form.page.reload()
    return form.page.get_by_role("button", name="Try again")


def _load_for_long(form: SignIn) -> Locator:
    form.page.route("**/api/users/me", lambda _held_for_ever: None)
    form.page.reload()
    return form.page.get_by_text("Loading…")


FORM: dict[str, Callable[[SignIn], Locator]] = {
    "sign in": lambda form: form.submit,
    "empty fields": _fill_in_nothing,
    "wrong password": _give_a_wrong_password,
    "sign up": _want_an_account,
    "malformed e-mail": _give_a_malformed_email,
    "breached password": _give_a_breached_password,
    "not loaded": _fail_to_load,
    "loading": _load_for_long,
}


def _have_none(todo_list: TodoList) -> Locator:
    todo_list.toggle_all.check()
    todo_list.clear_completed.click()
    return todo_list.page.get_by_text("Nothing to do yet.")


def _have_none_here(todo_list: TodoList) -> Locator:
    todo_list.toggle_all.check()
    todo_list.filter("Active").click()
    return todo_list.page.get_by_text("Nothing left to do.")


def _point_at_a_todo(todo_list: TodoList) -> Locator:
    todo_list.item("Buy milk").row.hover()
    return todo_list.item("Buy milk").delete


def _reach_delete(todo_list: TodoList) -> Locator:
    item = todo_list.item("Buy milk")
    item.toggle.focus()
    item.delete.focus()
    return item.delete


def _reach_due_date(todo_list: TodoList) -> Locator:
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


def _be_refused(todo_list: TodoList) -> Locator:
    _lose_the_connection(todo_list).wait_for()
    todo_list.page.context.set_offline(False)
    return todo_list.alert.filter(has_text="Could not add Buy bread.")


def _outlive_the_session(todo_list: TodoList) -> Locator:
    todo_list.page.context.clear_cookies()
    todo_list.item("Buy milk").toggle.check()
    return SignIn(todo_list.page).status.filter(has_text="Your session has ended.")


LIST: dict[str, Callable[[TodoList], Locator]] = {
    "list": lambda todo_list: todo_list.clear_completed,
    "empty list": _have_none,
    "empty filter": _have_none_here,
    "under the mouse": _point_at_a_todo,
    "delete focused": _reach_delete,
    "due date focused": _reach_due_date,
    "editing": _edit,
    "edited too long": _edit_too_long,
    "new one too long": _add_too_long,
    "picked": _pick,
    "connection lost": _lose_the_connection,
    "refused": _be_refused,
    "session ended": _outlive_the_session,
}
