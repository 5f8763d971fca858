"""Whether everybody can use the page: WCAG 2.2 AA, as far as a program can judge."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support import states
from tests.support.axe import find_violations
from tests.support.person import Person

LONG_AGO = "2001-02-03"
# What the page says by itself, each with the state in which it does.
NOTICES = {"The connection is lost.": "connection lost", "Picked: Buy milk": "picked"}


@pytest.fixture
def list_of_three(todo_list: TodoList, person: Person) -> TodoList:
    """Return a list, open, with one todo to do, one overdue and one done."""
    person.adds("Buy milk")
    person.adds("Return the books", due=LONG_AGO)
    person.adds("Call mother", completed=True)
    todo_list.open()
    return todo_list


@pytest.mark.parametrize("reach", states.FORM.values(), ids=states.FORM)
def test_the_form_breaks_no_rule(sign_in: SignIn, reach: Callable[[SignIn], Locator]) -> None:
    """Before the sign-in axe finds no fault, whatever the page says and however it looks."""
    expect(reach(sign_in)).to_be_visible()

    broken = find_violations(sign_in.page)

    assert broken == [], "\n\n".join(broken)


@pytest.mark.parametrize("reach", states.LIST.values(), ids=states.LIST)
def test_the_list_breaks_no_rule(
    list_of_three: TodoList, reach: Callable[[TodoList], Locator]
) -> None:
    """After the sign-in axe finds no fault, whatever the person does and however it looks."""
    expect(reach(list_of_three)).to_be_visible()

    broken = find_violations(list_of_three.page)

    assert broken == [], "\n\n".join(broken)


def test_a_screen_reader_hears_the_form(sign_in: SignIn) -> None:
    """The form is a heading, two named fields, and two buttons that say what they do."""
    expect(sign_in.page.get_by_role("main")).to_match_aria_snapshot("""
        - heading "todos" [level=1]
        - region "Sign in":
          - heading "Sign in" [level=2]
          - textbox "E-mail"
          - textbox "Password"
          - button "Sign in"
          - button "New here? Create an account"
    """)


def test_a_screen_reader_hears_the_list(list_of_three: TodoList) -> None:
    """The list is a list of todos, each with its tick, its title and what is special about it."""
    expect(list_of_three.page.get_by_role("region", name="Your todos")).to_match_aria_snapshot("""
        - textbox "What needs to be done?"
        - checkbox "Mark all as complete"
        - list:
          - listitem:
            - checkbox "Toggle Todo"
            - text: Buy milk
          - listitem:
            - checkbox "Toggle Todo"
            - text: Return the books Overdue
            - textbox "Due date": 2001-02-03
          - listitem:
            - checkbox "Toggle Todo" [checked]
            - text: Call mother
        - strong: "2"
        - text: items left
        - list:
          - listitem:
            - link "All"
          - listitem:
            - link "Active"
          - listitem:
            - link "Completed"
        - button "Clear completed"
    """)


@pytest.mark.parametrize(("notice", "state"), NOTICES.items(), ids=NOTICES.values())
def test_a_screen_reader_hears_a_notice(
    todo_list: TodoList, person: Person, notice: str, state: str
) -> None:
    """What the page says is text in a line that was there, silent, for screen readers to watch."""
    person.adds("Buy milk")
    todo_list.open()
    watched = todo_list.status.element_handles()

    expect(states.LIST[state](todo_list)).to_be_visible()

    assert notice in " ".join(line.inner_text() for line in watched)


def test_each_control_of_a_todo_says_which_todo(list_of_three: TodoList) -> None:
    """Tick, date and button are named alike in every row; what describes them is the title."""
    item = list_of_three.item("Buy milk")

    item.row.hover()

    for control in (item.toggle, item.due, item.delete):
        expect(control).to_have_accessible_description("Buy milk")
